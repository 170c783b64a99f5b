import {
  type Affine,
  affineOf,
  composed,
  mapped,
  transformOf,
  translation,
} from "../../common/document/affine.ts";
import {
  type AssetHash,
  identityTransform,
  type Layer,
  type Transform,
} from "../../common/document/document.ts";
import { walkLayers } from "../../common/document/tree.ts";
import type { Point, Size } from "./view.ts";

/** What has handles: the outline of one picture, turned as it is, or the upright rectangle around several. */
export interface Box {
  /** From the box's own pixels, of which (0, 0) is a corner, to the document's. */
  readonly frame: Affine;
  readonly size: Size;
  /** The picture's transform, by which signs and turns are told. */
  readonly like: Transform;
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The box of some layers with all that is in them.
 * @param sizeOf pixels of an asset, where they are known
 * @returns null where there is nothing whose size is known
 */
export function boxOf(
  layers: readonly Layer[],
  sizeOf: (asset: AssetHash) => Size | undefined,
): Box | null {
  const boxes: Box[] = [];
  for (const { layer } of walkLayers(layers)) {
    if (layer.kind === "group") continue;
    const asset = layer.kind === "picture" ? layer.asset : layer.source;
    const size = sizeOf(asset);
    if (!size) continue;
    const { transform } = layer;
    boxes.push({ frame: affineOf(transform), size, like: transform });
  }
  const [only, ...others] = boxes;
  if (!only) return null;
  if (others.length === 0) return only;
  const { x, y, width, height } = boundsAround(boxes.flatMap(cornersOf));
  return {
    frame: translation(x, y),
    size: { width, height },
    like: identityTransform,
  };
}

/** Clockwise from the box's own top left. */
export function cornersOf({ frame, size }: Box): [Point, Point, Point, Point] {
  const { width, height } = size;
  return [
    mapped(frame, { x: 0, y: 0 }),
    mapped(frame, { x: width, y: 0 }),
    mapped(frame, { x: width, y: height }),
    mapped(frame, { x: 0, y: height }),
  ];
}

/** A point of the box: from (-1, -1), its own top left, to (1, 1). */
export function pointOf({ frame, size }: Box, x: number, y: number): Point {
  return mapped(frame, {
    x: (size.width * (x + 1)) / 2,
    y: (size.height * (y + 1)) / 2,
  });
}

/** The upright rectangle around a box. */
export function boundsOf(box: Box): Bounds {
  return boundsAround(cornersOf(box));
}

export function mappedBox(box: Box, map: Affine): Box {
  return { ...box, frame: composed(map, box.frame) };
}

/** The box as a transform of its own pixels: what the numbers of the options say. */
export function transformOfBox({ frame, like }: Box): Transform {
  return transformOf(frame, like);
}

function boundsAround(points: readonly Point[]): Bounds {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {
    x,
    y,
    width: Math.max(...xs) - x,
    height: Math.max(...ys) - y,
  };
}
