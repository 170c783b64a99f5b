import { regionOf } from "../../../common/document/compositor.ts";
import {
  type RasterOf,
  regionOfMask,
} from "../../../common/document/coverage.ts";
import type {
  Document,
  GroupLayer,
  Layer,
  Mask,
} from "../../../common/document/document.ts";
import { intersect } from "../../../common/document/region.ts";
import { srgbProfile } from "../assets/encode.ts";
import { blendKeys } from "./psd/blend-keys.ts";
import type {
  IntegerRaster,
  PsdLayer,
  PsdMask,
  PsdRectangle,
} from "./psd/psd-file.ts";
import { writePsd } from "./psd/write-psd.ts";
import { renderMask, renderPlanes, surroundings } from "./render.ts";
import { styledParts } from "./styled-parts.ts";
import { thumbnailOf } from "./thumbnail.ts";

const nowhere: PsdRectangle = { x: 0, y: 0, width: 0, height: 0 };

/**
 * A PSD with every layer, its name, place, opacity, blend mode, visibility, lock and mask, groups, the merged picture, a
 * thumbnail and the sRGB profile.
 * @param composite the merged picture
 */
export async function exportPsd(
  document: Document,
  rasterOf: RasterOf,
  composite: IntegerRaster,
): Promise<Uint8Array> {
  return writePsd({
    width: document.width,
    height: document.height,
    depth: document.depth,
    composite,
    profile: await srgbProfile(),
    thumbnail: await thumbnailOf(composite),
    layers: await recordsOf(document, rasterOf, document.layers),
  });
}

async function recordsOf(
  document: Document,
  rasterOf: RasterOf,
  layers: readonly Layer[],
): Promise<PsdLayer[]> {
  const records: PsdLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    const parts =
      layer.kind === "styled"
        ? await styledParts(document, rasterOf, layer, layers[index - 1])
        : layer;
    if (parts.kind === "group")
      records.push(...(await groupRecords(document, rasterOf, parts)));
    else records.push(await pixelRecord(document, rasterOf, parts));
  }
  return records;
}

async function groupRecords(
  document: Document,
  rasterOf: RasterOf,
  group: GroupLayer,
): Promise<PsdLayer[]> {
  const folder: PsdLayer = {
    name: group.name,
    blendKey: blendKeys[group.blendMode],
    opacity: group.opacity,
    visible: group.visible,
    locked: group.locked,
    section: "folder",
    bounds: nowhere,
    planes: [],
    mask: await maskOf(document, rasterOf, group),
  };
  const divider: PsdLayer = {
    ...folder,
    name: "</Layer group>",
    blendKey: blendKeys.normal,
    opacity: 1,
    visible: true,
    locked: false,
    section: "divider",
    mask: null,
  };
  return [
    divider,
    ...(await recordsOf(document, rasterOf, group.layers)),
    folder,
  ];
}

async function pixelRecord(
  document: Document,
  rasterOf: RasterOf,
  layer: Exclude<Layer, GroupLayer>,
): Promise<PsdLayer> {
  const pixels = await renderPlanes(document, layer, rasterOf);
  return {
    name: layer.name,
    blendKey: blendKeys[layer.blendMode],
    opacity: layer.opacity,
    visible: layer.visible,
    locked: layer.locked,
    section: "layer",
    bounds: pixels?.bounds ?? nowhere,
    planes: pixels?.planes ?? [],
    mask: await maskOf(document, rasterOf, layer),
  };
}

/** The mask as samples. One that is grey all around the document, which a PSD cannot say, is spelt out over the document. */
async function maskOf(
  document: Document,
  rasterOf: RasterOf,
  layer: Layer,
): Promise<PsdMask | null> {
  const { mask } = layer;
  if (!mask) return null;
  const bounds = maskBounds(document, rasterOf, mask);
  return {
    bounds,
    plane: await renderMask(layer, mask, rasterOf, bounds, document.depth),
    outside: mask.outside < 0.5 ? 0 : 255,
    enabled: mask.enabled,
  };
}

function maskBounds(
  document: Document,
  rasterOf: RasterOf,
  mask: Mask,
): PsdRectangle {
  if (mask.asset === null || (mask.outside !== 0 && mask.outside !== 1))
    return regionOf(document);
  const own = regionOfMask(mask, rasterOf(mask.asset));
  // A mask that lies elsewhere altogether still is a mask.
  return intersect(own, surroundings(document)) ?? regionOf(document);
}
