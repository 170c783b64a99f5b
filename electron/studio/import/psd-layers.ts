import { randomUUID } from "node:crypto";
import {
  type AssetHash,
  type GroupLayer,
  identityTransform,
  type Layer,
  type Mask,
  type PictureLayer,
} from "../../../common/document/document.ts";
import type { Raster } from "../../../common/raster.ts";
import type { PsdLosses } from "./psd-losses.ts";
import {
  layerRaster,
  maskRaster,
  type PsdSampleFormat,
  shapeRaster,
  withoutAlpha,
} from "./psd-pixels.ts";
import type { PsdNode } from "./psd-tree.ts";

type IntegerRaster = Raster<Uint8Array> | Raster<Uint16Array>;

/** What layers are made with. */
export interface LayerWork {
  readonly format: PsdSampleFormat;
  readonly width: number;
  readonly height: number;
  /** Takes pixels in the file's colours, to be kept in the working space. */
  keepPicture(raster: IntegerRaster): Promise<AssetHash>;
  keepMask(raster: IntegerRaster): Promise<AssetHash>;
  readonly losses: PsdLosses;
}

/** The layers of a document that show what a PSD's do, as far as a document can. Both bottom first. */
export async function layersOf(
  nodes: readonly PsdNode[],
  work: LayerWork,
): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const base = nodes[index]!;
    const clipped: PsdNode[] = [];
    while (nodes[index + 1]?.clipped) clipped.push(nodes[++index]!);
    layers.push(
      ...(clipped.some(isKept)
        ? await clippedLayers(base, clipped, work)
        : await layersOfEach([base, ...clipped], work)),
    );
  }
  return layers;
}

async function layersOfEach(
  nodes: readonly PsdNode[],
  work: LayerWork,
): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const node of nodes) layers.push(...(await layerOf(node, work)));
  return layers;
}

function isKept({ losses }: PsdNode): boolean {
  return !losses.includes("adjustment") && !losses.includes("emptyFill");
}

/** None where it is left out. */
async function layerOf(node: PsdNode, work: LayerWork): Promise<Layer[]> {
  for (const loss of node.losses) work.losses.add(loss, node.name);
  if (!isKept(node)) return [];
  try {
    if (node.children) return [await groupOf(node, node.children, work)];
    return [await pictureOf(node, await rasterOf(node, work), work)];
  } catch (error) {
    if (!isDamage(error)) throw error;
    work.losses.add("damaged", node.name);
    return [];
  }
}

async function groupOf(
  node: PsdNode,
  children: readonly PsdNode[],
  work: LayerWork,
): Promise<GroupLayer> {
  return {
    ...commonOf(node),
    kind: "group",
    blendMode: node.blendMode,
    mask: await maskOf(node, work),
    layers: await layersOf(children, work),
  };
}

async function pictureOf(
  node: PsdNode,
  raster: IntegerRaster,
  work: LayerWork,
): Promise<PictureLayer> {
  const { x, y } = node.bounds;
  return {
    ...commonOf(node),
    kind: "picture",
    blendMode: node.blendMode === "passThrough" ? "normal" : node.blendMode,
    mask: await maskOf(node, work),
    transform: node.colour
      ? { ...identityTransform, scaleX: work.width, scaleY: work.height }
      : { ...identityTransform, x, y },
    asset: await work.keepPicture(raster),
  };
}

/** A layer without pixels is one clear pixel, a fill one of its colour, to be drawn as large as the document. */
async function rasterOf(
  node: PsdNode,
  { format }: LayerWork,
): Promise<IntegerRaster> {
  if (node.bounds.width * node.bounds.height > 0)
    return layerRaster(node, format);
  const pixel = node.colour
    ? Uint8Array.from(node.colour, Math.round)
    : new Uint8Array(4);
  return {
    width: 1,
    height: 1,
    channels: pixel.length as 3 | 4,
    samples: pixel,
  };
}

/**
 * Layers clipped to the one below them: a group in its shape. Photoshop blends them over its colours as if those were
 * opaque, and then lays the whole over what lies below with the base's mode, opacity, alpha and mask; so does a group
 * that has all of these, and in it the base without its alpha.
 */
async function clippedLayers(
  base: PsdNode,
  clipped: readonly PsdNode[],
  work: LayerWork,
): Promise<Layer[]> {
  if (base.children || base.clipped || base.colour || !isKept(base)) {
    for (const node of clipped) work.losses.add("unclipped", node.name);
    return layersOfEach([base, ...clipped], work);
  }
  for (const loss of base.losses) work.losses.add(loss, base.name);
  const layers = () => layersOfEach(clipped, work);
  try {
    const raster = await rasterOf(base, work);
    const mask = await maskRaster(base, work.format);
    const shape = await work.keepMask(shapeRaster(raster, base, mask));
    const { x, y } = base.bounds;
    const bare: PsdNode = {
      ...base,
      visible: true,
      opacity: 1,
      blendMode: "normal",
      mask: null,
    };
    work.losses.add("clipping", base.name);
    return [
      {
        ...commonOf(base),
        locked: false,
        kind: "group",
        blendMode: base.blendMode === "passThrough" ? "normal" : base.blendMode,
        mask: { asset: shape, x, y, outside: 0, enabled: true },
        layers: [
          await pictureOf(bare, withoutAlpha(raster), work),
          ...(await layers()),
        ],
      },
    ];
  } catch (error) {
    if (!isDamage(error)) throw error;
    work.losses.add("damaged", base.name);
    return layers();
  }
}

async function maskOf(node: PsdNode, work: LayerWork): Promise<Mask | null> {
  const { mask } = node;
  if (!mask) return null;
  const raster = await maskRaster(node, work.format);
  return {
    asset: raster && (await work.keepMask(raster)),
    x: raster ? mask.bounds.x : 0,
    y: raster ? mask.bounds.y : 0,
    outside: mask.outside,
    enabled: mask.enabled,
  };
}

function commonOf({ name, visible, locked, opacity }: PsdNode) {
  return { id: randomUUID(), name, visible, locked, opacity };
}

/** Whether it is the file's fault: bytes that end too early, or that are no zip stream. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof RangeError ||
    (error instanceof Error && "code" in error && /^Z_/.test(`${error.code}`))
  );
}
