import {
  type Affine,
  determinant,
  inverse,
  isWholeMove,
  mapped,
} from "./affine.ts";
import type { Pixels } from "./pixels.ts";
import { intersect, type Region } from "./region.ts";
import { type Inverse, resample } from "./resample.ts";

/** Pixels at their place in a document. */
export interface Placement {
  /** Every pixel of the document that they may touch. */
  readonly bounds: Region;
  /**
   * Writes the region's pixels, RGBA, straight.
   * @param out clear; what lies outside `bounds` stays so
   */
  draw(region: Region, out: Float32Array): void;
}

/** Thinner than a thousandth of a pixel: invisible, and not to be divided by. */
const thinnest = 1e-3;

/**
 * Places pixels by a map from their own coordinates to the document's. Moves by whole pixels copy; all else is resampled.
 * @returns null where nothing is left to see
 */
export function place(pixels: Pixels, map: Affine): Placement | null {
  if (isWholeMove(map)) return moved(pixels, map.e, map.f);
  const { width, height } = pixels;
  const longest = Math.max(
    Math.hypot(map.a, map.b) * width,
    Math.hypot(map.c, map.d) * height,
  );
  const area = Math.abs(determinant(map)) * width * height;
  if (longest < thinnest || area / longest < thinnest) return null;
  const corners = [
    { x: map.e, y: map.f },
    mapped(map, { x: width, y: 0 }),
    mapped(map, { x: 0, y: height }),
    mapped(map, { x: width, y: height }),
  ];
  const bounds = boundsOf(
    corners.map(({ x }) => x),
    corners.map(({ y }) => y),
  );
  const back = inverse(map);
  const way: Inverse = {
    x: map.e,
    y: map.f,
    ux: back.a,
    uy: back.c,
    vx: back.b,
    vy: back.d,
  };
  return {
    bounds,
    draw(region, out) {
      const part = intersect(region, bounds);
      if (part !== null) resample(pixels, way, part, region, out);
    },
  };
}

function moved(pixels: Pixels, x: number, y: number): Placement {
  const bounds = { x, y, width: pixels.width, height: pixels.height };
  return {
    bounds,
    draw(region, out) {
      const part = intersect(region, bounds);
      if (part === null) return;
      const stride = 4 * region.width;
      const offset = (part.y - region.y) * stride + 4 * (part.x - region.x);
      const own = { ...part, x: part.x - x, y: part.y - y };
      pixels.read(own, out, offset, stride);
    },
  };
}

/** The whole pixels around some points. */
function boundsOf(xs: number[], ys: number[]): Region {
  const x = Math.floor(Math.min(...xs));
  const y = Math.floor(Math.min(...ys));
  return {
    x,
    y,
    width: Math.ceil(Math.max(...xs)) - x,
    height: Math.ceil(Math.max(...ys)) - y,
  };
}
