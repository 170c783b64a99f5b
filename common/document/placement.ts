import type { Transform } from "./document.ts";
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
 * Places pixels by a transform: scaled about their top left corner, turned clockwise, then moved. Moves by whole pixels
 * copy; all else is resampled.
 * @returns null where nothing is left to see
 */
export function place(pixels: Pixels, transform: Transform): Placement | null {
  const { x, y, scaleX, scaleY, rotation } = transform;
  const upright = scaleX === 1 && scaleY === 1 && rotation % 360 === 0;
  if (upright && Number.isInteger(x) && Number.isInteger(y))
    return moved(pixels, x, y);
  const width = pixels.width * scaleX;
  const height = pixels.height * scaleY;
  if (Math.min(Math.abs(width), Math.abs(height)) < thinnest) return null;
  const [cos, sin] = direction(rotation);
  const bounds = boundsOf(
    [x, x + cos * width, x - sin * height, x + cos * width - sin * height],
    [y, y + sin * width, y + cos * height, y + sin * width + cos * height],
  );
  const inverse: Inverse = {
    x,
    y,
    ux: cos / scaleX,
    uy: sin / scaleX,
    vx: -sin / scaleY,
    vy: cos / scaleY,
  };
  return {
    bounds,
    draw(region, out) {
      const part = intersect(region, bounds);
      if (part !== null) resample(pixels, inverse, part, region, out);
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

/** Cosine and sine of degrees, exact for quarter turns, so that those keep edges sharp. */
function direction(degrees: number): [cos: number, sin: number] {
  const turn = ((degrees % 360) + 360) % 360;
  if (turn === 0) return [1, 0];
  if (turn === 90) return [0, 1];
  if (turn === 180) return [-1, 0];
  if (turn === 270) return [0, -1];
  const angle = (turn * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
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
