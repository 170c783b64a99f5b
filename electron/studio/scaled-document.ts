import type {
  Document,
  Layer,
  Mask,
  Transform,
} from "../../common/document/document.ts";

/**
 * The same document, smaller: what a thumbnail is composed from. Its pictures have to be scaled by the same factor, to
 * whole pixels and never below one.
 * @param factor above 0, at most 1
 */
export function scaledDocument(document: Document, factor: number): Document {
  return {
    ...document,
    width: scaled(document.width, factor),
    height: scaled(document.height, factor),
    layers: document.layers.map((layer) => scaledLayer(layer, factor)),
  };
}

/** A side after scaling: whole pixels, at least one. */
export function scaled(side: number, factor: number): number {
  return Math.max(1, Math.round(side * factor));
}

function scaledLayer(layer: Layer, factor: number): Layer {
  const mask = layer.mask && scaledMask(layer.mask, factor);
  if (layer.kind === "group")
    return {
      ...layer,
      mask,
      layers: layer.layers.map((inner) => scaledLayer(inner, factor)),
    };
  return { ...layer, mask, transform: scaledPlace(layer.transform, factor) };
}

function scaledMask(mask: Mask, factor: number): Mask {
  const scaled = {
    ...mask,
    x: Math.round(mask.x * factor),
    y: Math.round(mask.y * factor),
  };
  const { transform } = mask;
  return transform
    ? { ...scaled, transform: scaledPlace(transform, factor) }
    : scaled;
}

/** The picture itself is smaller, so its scale stays and only its place moves. */
function scaledPlace(transform: Transform, factor: number): Transform {
  const { x, y } = transform;
  return { ...transform, x: x * factor, y: y * factor };
}
