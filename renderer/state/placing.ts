import type { Document, Layer } from "../../common/document/document.ts";
import type { Point, Size } from "../canvas/view.ts";

/** Where something is put: its scale, and its top left corner in whole document pixels. */
export interface Placing extends Point {
  readonly scale: number;
}

/**
 * Places something of a size in a document: its middle at a point, made smaller where it would not fit; what fills the
 * document one way or both goes into its middle.
 * @param at document pixels; the middle of the document where it is left out
 */
export function placing(
  document: Size,
  size: Size,
  at: Point | null = null,
): Placing {
  const scale = Math.min(
    1,
    document.width / size.width,
    document.height / size.height,
  );
  const [width, height] = [size.width * scale, size.height * scale];
  const fills = width >= document.width || height >= document.height;
  const middle =
    at === null || fills
      ? { x: document.width / 2, y: document.height / 2 }
      : at;
  return {
    scale,
    x: Math.round(middle.x - width / 2),
    y: Math.round(middle.y - height / 2),
  };
}

/** A layer with all that is in it, moved by whole document pixels. */
function shifted(layer: Layer, by: Point): Layer {
  const mask = layer.mask && {
    ...layer.mask,
    x: layer.mask.x + by.x,
    y: layer.mask.y + by.y,
  };
  if (layer.kind === "group") {
    const layers = layer.layers.map((inner) => shifted(inner, by));
    return { ...layer, mask, layers };
  }
  const { x, y } = layer.transform;
  const transform = { ...layer.transform, x: x + by.x, y: y + by.y };
  return { ...layer, mask, transform };
}

/** Layers of another document as one group of this one, at their own size. */
export function asGroup(
  name: string,
  inner: Pick<Document, "width" | "height" | "layers">,
  document: Size,
  at: Point | null,
): Layer {
  // Made smaller they would no longer be as their file has them, so `placing` only tells where their middle goes.
  const { scale, x, y } = placing(document, inner, at);
  const by = {
    x: Math.round(x - (inner.width * (1 - scale)) / 2),
    y: Math.round(y - (inner.height * (1 - scale)) / 2),
  };
  return {
    kind: "group",
    id: crypto.randomUUID(),
    name,
    visible: true,
    locked: false,
    opacity: 1,
    // They were made to lie over nothing.
    blendMode: "normal",
    mask: null,
    layers: inner.layers.map((layer) => shifted(layer, by)),
  };
}
