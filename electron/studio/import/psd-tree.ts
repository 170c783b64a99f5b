import { type Layer, type Psd, readPsd } from "ag-psd";
import {
  type BlendMode,
  blendModes,
} from "../../../common/document/blend-mode.ts";
import { maximumDepth } from "../../../common/document/document.ts";
import type { Region } from "../../../common/document/region.ts";
import { refuseTooLarge } from "../assets/picture-limits.ts";
import type { PsdLoss } from "./psd-losses.ts";

/** A layer or group of a PSD file, its samples still packed. */
export interface PsdNode {
  readonly name: string;
  readonly visible: boolean;
  readonly locked: boolean;
  /** 0..1, Photoshop's Fill included. */
  readonly opacity: number;
  readonly blendMode: BlendMode | "passThrough";
  /** Whether it shows only where the layer below it does. */
  readonly clipped: boolean;
  /** Where its pixels lie; of no size where it has none. */
  readonly bounds: Region;
  readonly channels: ReadonlyMap<number, PackedChannel>;
  readonly mask: PsdNodeMask | null;
  /** Red, green and blue, 0..255, of a fill layer that has no pixels. */
  readonly colour: readonly [number, number, number] | null;
  /** Bottom first; null for a layer. */
  readonly children: readonly PsdNode[] | null;
  /** What a document has no word for. */
  readonly losses: readonly PsdLoss[];
}

export interface PackedChannel {
  readonly compression: number;
  readonly data: Uint8Array;
}

interface PsdNodeMask {
  readonly bounds: Region;
  /** What it is around its bounds, 0..1. */
  readonly outside: number;
  readonly enabled: boolean;
  /** How much of it counts, 0..1; at 0 it hides nothing. */
  readonly density: number;
}

/** Why a tree is refused whose groups lie too deep. */
export const tooDeep = `groups are nested more than ${maximumDepth} deep`;

/** Numbers of channels that are no colours. */
export const channelIds = { alpha: -1, mask: -2 } as const;

export interface PsdTree {
  /** Bottom first. */
  readonly nodes: readonly PsdNode[];
  /** Pixels of all layers and masks together. */
  readonly pixels: number;
  /** Whether the file's merged picture shows the layers; Photoshop may be told to leave it out. */
  readonly merged: boolean;
}

/** Layers and groups that are read; Photoshop itself makes up to 8,000. */
const mostLayers = 10_000;
/** Pixels of all layers and masks together. */
const mostPixels = 2 ** 32;
/** Bytes that patterns and the like may unpack to; no pixel of a layer is unpacked here. */
const memoryLimit = 2 ** 28;

/**
 * Reads what a PSD file says of its layers, without unpacking any.
 * @param bytes of a file that is nobody else's: the samples are views into it
 * @throws Error that says what is wrong with them, or which limit they exceed
 */
export function readPsdTree(bytes: Uint8Array): PsdTree {
  const psd = readPsd(bytes, {
    useRawData: true,
    skipThumbnail: true,
    skipLinkedFilesData: true,
    totalMemoryLimit: memoryLimit,
  });
  const pixels = measure(psd);
  return {
    nodes: (psd.children ?? []).map(nodeOf),
    pixels,
    merged: psd.imageResources?.versionInfo?.hasRealMergedData !== false,
  };
}

/**
 * Pixels of all layers and masks. Goes down level by level, for a recursion over a hostile tree would run out of stack.
 * @throws Error beyond the limits
 */
function measure(psd: Psd): number {
  let level = psd.children ?? [];
  let [count, pixels] = [0, 0];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maximumDepth) throw new RangeError(tooDeep);
    count += level.length;
    for (const layer of level)
      for (const { width, height } of boundsOfAll(layer)) {
        if (width * height === 0) continue;
        refuseTooLarge(`the layer “${layer.name}”`, width, height);
        pixels += width * height;
      }
    if (count > mostLayers)
      throw new RangeError(`there are more than ${mostLayers} of them`);
    if (pixels > mostPixels)
      throw new RangeError("together they have too many pixels");
    level = level.flatMap(({ children }) => children ?? []);
  }
  return pixels;
}

function boundsOfAll(layer: Layer): Region[] {
  return layer.mask
    ? [boundsOf(layer), boundsOf(layer.mask)]
    : [boundsOf(layer)];
}

function nodeOf(layer: Layer): PsdNode {
  const bounds = boundsOf(layer);
  const children = layer.children?.map(nodeOf) ?? null;
  return {
    name: layer.name?.slice(0, 255) || (children ? "Group" : "Layer"),
    visible: layer.hidden !== true,
    locked:
      layer.protected?.composite === true && layer.protected.position === true,
    opacity: clamped((layer.opacity ?? 1) * (layer.fillOpacity ?? 1)),
    blendMode: blendModeOf(layer, children !== null),
    clipped: layer.clipping === true,
    bounds,
    channels: new Map(
      layer.rawData?.channels.flatMap(({ id, compression, data }) =>
        data ? [[id, { compression, data }] as const] : [],
      ),
    ),
    mask: maskOf(layer),
    colour: bounds.width * bounds.height > 0 ? null : colourOf(layer),
    children,
    losses: lossesOf(layer, bounds),
  };
}

function boundsOf({
  left = 0,
  top = 0,
  right = 0,
  bottom = 0,
}: Pick<Layer, "left" | "top" | "right" | "bottom">): Region {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function blendModeOf(layer: Layer, isGroup: boolean): PsdNode["blendMode"] {
  const words = layer.blendMode ?? "normal";
  if (words === "pass through") return isGroup ? "passThrough" : "normal";
  const name = words.replace(/ ([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return blendModes.find((mode) => mode === name) ?? "normal";
}

function maskOf(layer: Layer): PsdNodeMask | null {
  const { mask } = layer;
  if (!mask || isOwnShape(layer)) return null;
  const density =
    (mask.fromVectorData ? mask.vectorMaskDensity : mask.userMaskDensity) ?? 1;
  return {
    bounds: boundsOf(mask),
    outside: 1 - density * (1 - (mask.defaultColor ?? 255) / 255),
    enabled: mask.disabled !== true,
    density,
  };
}

/** Whether the mask is the outline of a shape, whose pixels have it already: twice it would show at the edges. */
function isOwnShape({ mask, realMask, vectorFill }: Layer): boolean {
  return vectorFill !== undefined && !realMask && mask?.fromVectorData === true;
}

function colourOf({ vectorFill, vectorMask }: Layer): PsdNode["colour"] {
  if (vectorFill?.type !== "color" || vectorMask) return null;
  const { color } = vectorFill;
  return "r" in color && !("a" in color) ? [color.r, color.g, color.b] : null;
}

function lossesOf(layer: Layer, bounds: Region): PsdLoss[] {
  const losses: PsdLoss[] = [];
  const empty = bounds.width * bounds.height === 0;
  if (layer.adjustment) losses.push("adjustment");
  if (hasEffects(layer)) losses.push("effects");
  if ((layer.fillOpacity ?? 1) < 1) losses.push("fillOpacity");
  if (layer.artboard) losses.push("artboard");
  if (layer.text) losses.push("text");
  if (layer.placedLayer) losses.push("smartObject");
  if (layer.vectorFill && !colourOf(layer))
    losses.push(empty ? "emptyFill" : layer.vectorMask ? "shape" : "fill");
  if (layer.vectorMask && !layer.vectorMask.disable && !layer.vectorFill)
    losses.push(layer.mask ? "vectorMaskPixels" : "vectorMask");
  if (layer.mask?.userMaskFeather || layer.mask?.vectorMaskFeather)
    losses.push("feather");
  if (blendsIf(layer)) losses.push("blendIf");
  return losses;
}

function hasEffects({ effects }: Layer): boolean {
  if (!effects || effects.disabled) return false;
  return Object.values(effects)
    .flat()
    .some(
      (effect: unknown) =>
        typeof effect === "object" &&
        effect !== null &&
        "enabled" in effect &&
        effect.enabled === true,
    );
}

/** Whether some tones of the layer, or of what lies below it, are hidden. */
function blendsIf({ blendingRanges }: Layer): boolean {
  if (!blendingRanges) return false;
  const { compositeGrayBlendSource, compositeGraphBlendDestinationRange } =
    blendingRanges;
  return [
    compositeGrayBlendSource,
    compositeGraphBlendDestinationRange,
    ...blendingRanges.ranges.flatMap(({ sourceRange, destRange }) => [
      sourceRange,
      destRange,
    ]),
  ].some(
    ([black, black2, white, white2]) =>
      black! + black2! > 0 || white! + white2! < 510,
  );
}

function clamped(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}
