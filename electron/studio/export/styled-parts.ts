import type { RasterOf } from "../../../common/document/coverage.ts";
import type {
  Document,
  GroupLayer,
  Layer,
  PictureLayer,
  StyledLayer,
} from "../../../common/document/document.ts";
import type { Plane } from "./psd/psd-file.ts";
import { renderPlanes } from "./render.ts";

/**
 * A styled layer as layers that other programs know, looking as it does on the canvas.
 *
 * Strength is a mix of the source and the result, which opacity is too where the result lies on its source. So:
 * - at full strength, or without a result: its pixels;
 * - on a plain picture layer of the same source: the result, its opacity multiplied by the strength;
 * - elsewhere: a group of the source and the result, the result's opacity being the strength;
 * - where half-transparent pixels would make that mix another one: the mixed pixels.
 * @param below the layer under it in the same group
 */
export async function styledParts(
  document: Document,
  rasterOf: RasterOf,
  layer: StyledLayer,
  below: Layer | undefined,
): Promise<StyledLayer | GroupLayer> {
  if (layer.result === null || layer.strength === 1 || layer.strength === 0)
    return layer;
  const source = { ...layer, strength: 0 };
  const pixels = await renderPlanes(document, source, rasterOf);
  if (pixels === null || !isSolid(pixels.planes[3]!)) return layer;
  const result = { ...layer, strength: 1 };
  if (
    layer.blendMode === "normal" &&
    below?.kind === "picture" &&
    showsPlainly(below, layer)
  )
    return { ...result, opacity: layer.opacity * layer.strength };
  return {
    ...layer,
    kind: "group",
    layers: [
      { ...bare(source), name: `${layer.name} (original)` },
      { ...bare(result), opacity: layer.strength },
    ],
  };
}

/** Whether a picture layer shows just what a styled layer above it was made of. */
function showsPlainly(below: PictureLayer, layer: StyledLayer): boolean {
  const [a, b] = [below.transform, layer.transform];
  return (
    below.asset === layer.source &&
    below.visible &&
    below.opacity === 1 &&
    below.blendMode === "normal" &&
    (below.mask === null || !below.mask.enabled) &&
    a.x === b.x &&
    a.y === b.y &&
    a.scaleX === b.scaleX &&
    a.scaleY === b.scaleY &&
    a.rotation === b.rotation &&
    (a.shear ?? 0) === (b.shear ?? 0)
  );
}

/** Whether every pixel is either clear or opaque. */
function isSolid(alpha: Plane): boolean {
  const opaque = alpha instanceof Uint16Array ? 65_535 : 255;
  return alpha.every((sample: number) => sample === 0 || sample === opaque);
}

/** Without what the group around it has. */
function bare(layer: StyledLayer): StyledLayer {
  return {
    ...layer,
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "normal",
    mask: null,
  };
}
