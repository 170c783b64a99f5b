import type { Pixels } from "./pixels.ts";
import type { Region } from "./region.ts";

/** Most source pixels that are unpacked at a time; a part that needs more is done in halves. */
const unpackedLimit = 2 ** 20;
/** Most samples a side that are averaged for one pixel of a shrunken picture. */
const sampleLimit = 64;

/**
 * The way from a document's coordinates to a picture's:
 * u = ux · (x − x₀) + uy · (y − y₀), v = vx · (x − x₀) + vy · (y − y₀), where (x₀, y₀) is the picture's top left corner.
 */
export interface Inverse {
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly vx: number;
  readonly vy: number;
}

/**
 * Draws pixels through an affine map, with premultiplied alpha: bilinear between neighbours, averaged over a pixel's
 * footprint where the picture shrinks. Its outermost pixels reach to its edges, and a pixel that an edge crosses takes
 * alpha by its share inside (exact for upright edges), as canvases draw pictures.
 * @param part what to draw, inside `region`
 * @param out pixels of `region`, RGBA, straight
 */
export function resample(
  pixels: Pixels,
  inverse: Inverse,
  part: Region,
  region: Region,
  out: Float32Array,
): void {
  const box = boxOf(pixels, inverse, part);
  if (box.width * box.height > unpackedLimit && part.width * part.height > 1) {
    for (const half of halvesOf(part))
      resample(pixels, inverse, half, region, out);
    return;
  }
  const unpacked = new Float32Array(4 * box.width * box.height);
  pixels.read(box, unpacked, 0, 4 * box.width);
  if (!pixels.opaque) premultiply(unpacked);
  draw(pixels, inverse, unpacked, box, part, region, out);
}

function draw(
  pixels: Pixels,
  inverse: Inverse,
  unpacked: Float32Array,
  box: Region,
  part: Region,
  region: Region,
  out: Float32Array,
): void {
  const { ux, uy, vx, vy } = inverse;
  // How many source pixels a document's pixel spans along each of its sides.
  const countX = sampleCount(Math.max(Math.abs(ux), Math.abs(vx)));
  const countY = sampleCount(Math.max(Math.abs(uy), Math.abs(vy)));
  const share = 1 / (countX * countY);
  // Source pixels across an edge that a document's pixel spans.
  const gradientU = Math.hypot(ux, uy);
  const gradientV = Math.hypot(vx, vy);
  const lastU = box.width - 1;
  const lastV = box.height - 1;
  for (let row = 0; row < part.height; row++) {
    const dy = part.y + row + 0.5 - inverse.y;
    let o = 4 * ((part.y + row - region.y) * region.width + part.x - region.x);
    for (let column = 0; column < part.width; column++, o += 4) {
      const dx = part.x + column + 0.5 - inverse.x;
      const u = ux * dx + uy * dy;
      const v = vx * dx + vy * dy;
      const coverage =
        shareInside(u / gradientU, pixels.width / gradientU) *
        shareInside(v / gradientV, pixels.height / gradientV);
      if (coverage === 0) continue;
      let r = 0;
      let g = 0;
      let b = 0;
      let a = 0;
      for (let j = 0; j < countY; j++)
        for (let i = 0; i < countX; i++) {
          const sx = (i + 0.5) / countX - 0.5;
          const sy = (j + 0.5) / countY - 0.5;
          // Sample positions count from the centre of the box's first pixel.
          let su = u + ux * sx + uy * sy - box.x - 0.5;
          let sv = v + vx * sx + vy * sy - box.y - 0.5;
          su = su < 0 ? 0 : Math.min(su, lastU);
          sv = sv < 0 ? 0 : Math.min(sv, lastV);
          const left = Math.floor(su);
          const top = Math.floor(sv);
          const fu = su - left;
          const fv = sv - top;
          const p00 = 4 * (top * box.width + left);
          const p10 = left < lastU ? p00 + 4 : p00;
          const down = top < lastV ? 4 * box.width : 0;
          const p01 = p00 + down;
          const p11 = p10 + down;
          const w11 = fu * fv;
          const w10 = fu - w11;
          const w01 = fv - w11;
          const w00 = 1 - fu - w01;
          r +=
            w00 * unpacked[p00]! +
            w10 * unpacked[p10]! +
            w01 * unpacked[p01]! +
            w11 * unpacked[p11]!;
          g +=
            w00 * unpacked[p00 + 1]! +
            w10 * unpacked[p10 + 1]! +
            w01 * unpacked[p01 + 1]! +
            w11 * unpacked[p11 + 1]!;
          b +=
            w00 * unpacked[p00 + 2]! +
            w10 * unpacked[p10 + 2]! +
            w01 * unpacked[p01 + 2]! +
            w11 * unpacked[p11 + 2]!;
          a +=
            w00 * unpacked[p00 + 3]! +
            w10 * unpacked[p10 + 3]! +
            w01 * unpacked[p01 + 3]! +
            w11 * unpacked[p11 + 3]!;
        }
      if (a <= 0) continue;
      // Rounding may leave a hair above the range.
      out[o] = Math.min(1, r / a);
      out[o + 1] = Math.min(1, g / a);
      out[o + 2] = Math.min(1, b / a);
      out[o + 3] = Math.min(1, a * share) * coverage;
    }
  }
}

/** The source pixels that a part of the document may look at, at least one. */
function boxOf(pixels: Pixels, inverse: Inverse, part: Region): Region {
  const { ux, uy, vx, vy } = inverse;
  const x = part.x - inverse.x;
  const y = part.y - inverse.y;
  const u = ux * x + uy * y;
  const v = vx * x + vy * y;
  const [left, width] = span(
    [u, u + ux * part.width, u + uy * part.height],
    u + ux * part.width + uy * part.height,
    pixels.width,
  );
  const [top, height] = span(
    [v, v + vx * part.width, v + vy * part.height],
    v + vx * part.width + vy * part.height,
    pixels.height,
  );
  return { x: left, y: top, width, height };
}

/** The pixels from 0 to `size` around some positions, with a neighbour on either side. */
function span(
  positions: number[],
  last: number,
  size: number,
): [from: number, count: number] {
  const clamp = (value: number) => Math.min(Math.max(value, 0), size - 1);
  const from = clamp(Math.floor(Math.min(...positions, last)) - 1);
  const to = clamp(Math.ceil(Math.max(...positions, last)) + 1);
  return [from, to - from + 1];
}

/**
 * How much of a pixel of width 1 lies between two edges, 0..1.
 * @param centre of the pixel, from the first edge
 * @param distance between the edges
 */
function shareInside(centre: number, distance: number): number {
  const share = Math.min(centre, 0.5) + Math.min(distance - centre, 0.5);
  return Math.max(share, 0);
}

function sampleCount(footprint: number): number {
  // A footprint of one pixel and a rounding error is one pixel.
  return Math.min(Math.max(Math.ceil(footprint - 1e-6), 1), sampleLimit);
}

function halvesOf(region: Region): [Region, Region] {
  const { x, y, width, height } = region;
  if (width >= height) {
    const left = width >> 1;
    return [
      { x, y, width: left, height },
      { x: x + left, y, width: width - left, height },
    ];
  }
  const top = height >> 1;
  return [
    { x, y, width, height: top },
    { x, y: y + top, width, height: height - top },
  ];
}

function premultiply(pixels: Float32Array): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3]!;
    pixels[i] = pixels[i]! * alpha;
    pixels[i + 1] = pixels[i + 1]! * alpha;
    pixels[i + 2] = pixels[i + 2]! * alpha;
  }
}
