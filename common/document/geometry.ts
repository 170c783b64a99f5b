import { Failure } from "../failure.ts";
import {
  type Affine,
  affineOf,
  composed,
  isWholeMove,
  scaling,
  transformOf,
  translation,
} from "./affine.ts";
import {
  type Document,
  type DocumentSize,
  identityTransform,
  type Layer,
  type Mask,
  type MaskPlace,
  maximumSide,
} from "./document.ts";
import type { LayerGeometry, Operation } from "./operation.ts";
import type { Region } from "./region.ts";
import { walkLayers } from "./tree.ts";

/**
 * The operation that maps layers, with all that is in them and with their masks.
 * @param layerIds one below another counts once
 * @param map of the document's plane; its determinant is not 0
 */
export function mapLayers(
  document: Document,
  layerIds: ReadonlySet<string>,
  map: Affine,
): Operation {
  return {
    kind: "setGeometry",
    layers: chosen(document.layers, layerIds, map),
  };
}

/**
 * The operation that makes a region of the document the whole of it. The region may reach beyond the edges; what lies
 * outside it is kept, out of sight.
 * @throws Failure `invalid` where a side would be longer than documents may be
 */
export function reframe(document: Document, region: Region): Operation {
  const { x, y, width, height } = region;
  return resized(document, { width, height }, translation(-x, -y));
}

/**
 * The operation that makes the whole picture larger or smaller. Layers are scaled by their transforms: no pixel of
 * theirs is lost, their styles and masks stay as they are, and the way back is exact.
 * @throws Failure `invalid` where a side would be longer than documents may be
 */
export function rescale(document: Document, size: DocumentSize): Operation {
  const map = scaling(
    size.width / document.width,
    size.height / document.height,
  );
  return resized(document, size, map);
}

function resized(
  document: Document,
  size: DocumentSize,
  map: Affine,
): Operation {
  const longest = Math.max(size.width, size.height);
  if (longest > maximumSide || Math.min(size.width, size.height) < 1)
    throw new Failure(
      "invalid",
      `A picture cannot be ${size.width} × ${size.height} pixels.`,
      { hint: `Each side can have from 1 to ${maximumSide} pixels.` },
    );
  return { kind: "setGeometry", size, layers: all(document.layers, map) };
}

function chosen(
  layers: readonly Layer[],
  layerIds: ReadonlySet<string>,
  map: Affine,
): LayerGeometry[] {
  return layers.flatMap((layer) => {
    if (layerIds.has(layer.id)) return all([layer], map);
    return layer.kind === "group" ? chosen(layer.layers, layerIds, map) : [];
  });
}

function all(layers: readonly Layer[], map: Affine): LayerGeometry[] {
  return [...walkLayers(layers)].flatMap(({ layer }) => {
    const mask = layer.mask?.asset ? { mask: movedMask(layer.mask, map) } : {};
    if (layer.kind !== "group") {
      const transform = transformOf(
        composed(map, affineOf(layer.transform)),
        layer.transform,
      );
      return [{ layerId: layer.id, transform, ...mask }];
    }
    return "mask" in mask ? [{ layerId: layer.id, ...mask }] : [];
  });
}

/** Moves by whole pixels change where a mask was drawn; whatever else is done to it is remembered beside that. */
function movedMask({ x, y, transform }: Mask, map: Affine): MaskPlace {
  const before = transform ?? identityTransform;
  const done = transformOf(composed(map, affineOf(before)), before);
  if (!isWholeMove(affineOf(done))) return { x, y, transform: done };
  return { x: x + done.x, y: y + done.y };
}
