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
 * alpha by its share inside (exact but at the corners of turned pictures).
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
  const samples = new Float32Array(4 * box.width * box.height);
  pixels.read(box, samples, 0, 4 * box.width);
  if (!pixels.opaque) premultiply(samples);
  draw(pixels, inverse, { box, samples }, part, region, out);
}

function draw(
  pixels: Pixels,
  inverse: Inverse,
  unpacked: Unpacked,
  part: Region,
  region: Region,
  out: Float32Array,
): void {
  const { ux, uy, vx, vy } = inverse;
  const u = edgesOf(ux, uy, pixels.width);
  const v = edgesOf(vx, vy, pixels.height);
  // How many source pixels a document's pixel spans along each of its sides.
  const countX = sampleCount(Math.max(Math.abs(ux), Math.abs(vx)));
  const countY = sampleCount(Math.max(Math.abs(uy), Math.abs(vy)));
  const share = 1 / (countX * countY);
  const total = new Float64Array(4);
  for (let row = 0; row < part.height; row++) {
    const dy = part.y + row + 0.5 - inverse.y;
    let o = 4 * ((part.y + row - region.y) * region.width + part.x - region.x);
    for (let column = 0; column < part.width; column++, o += 4) {
      const dx = part.x + column + 0.5 - inverse.x;
      const cu = ux * dx + uy * dy;
      const cv = vx * dx + vy * dy;
      const coverage = shareBetween(u, cu) * shareBetween(v, cv);
      if (coverage === 0) continue;
      total.fill(0);
      for (let j = 0; j < countY; j++)
        for (let i = 0; i < countX; i++) {
          const sx = (i + 0.5) / countX - 0.5;
          const sy = (j + 0.5) / countY - 0.5;
          const su = cu + ux * sx + uy * sy;
          const sv = cv + vx * sx + vy * sy;
          addBilinear(unpacked, su, sv, total);
        }
      const a = total[3]!;
      if (a <= 0) continue;
      // Rounding may leave a hair above the range.
      out[o] = Math.min(1, total[0]! / a);
      out[o + 1] = Math.min(1, total[1]! / a);
      out[o + 2] = Math.min(1, total[2]! / a);
      out[o + 3] = Math.min(1, a * share) * coverage;
    }
  }
}

/** A rectangle of source pixels, premultiplied. */
interface Unpacked {
  readonly box: Region;
  readonly samples: Float32Array;
}

/** Adds the source at (u, v), between the centres of four pixels, or beyond the box, where its outermost pixels go on. */
function addBilinear(
  { box, samples }: Unpacked,
  u: number,
  v: number,
  total: Float64Array,
): void {
  const right = box.width - 1;
  const bottom = box.height - 1;
  const x = Math.min(Math.max(u - box.x - 0.5, 0), right);
  const y = Math.min(Math.max(v - box.y - 0.5, 0), bottom);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const p00 = 4 * (top * box.width + left);
  const p10 = left < right ? p00 + 4 : p00;
  const down = top < bottom ? 4 * box.width : 0;
  const p01 = p00 + down;
  const p11 = p10 + down;
  const w11 = (x - left) * (y - top);
  const w10 = x - left - w11;
  const w01 = y - top - w11;
  const w00 = 1 - w11 - w10 - w01;
  for (let c = 0; c < 4; c++)
    total[c] =
      total[c]! +
      w00 * samples[p00 + c]! +
      w10 * samples[p10 + c]! +
      w01 * samples[p01 + c]! +
      w11 * samples[p11 + c]!;
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

/** Two parallel edges of a picture, measured in pixels of the document. */
interface Edges {
  /** Source pixels to one of the document's, straight across the edges. */
  readonly gradient: number;
  readonly distance: number;
  /** The edges' unit normal, without its signs. */
  readonly across: number;
  readonly down: number;
}

function edgesOf(perX: number, perY: number, size: number): Edges {
  const gradient = Math.hypot(perX, perY);
  const across = Math.abs(perX) / gradient;
  const down = Math.abs(perY) / gradient;
  return { gradient, distance: size / gradient, across, down };
}

/**
 * How much of a document's pixel lies between two edges, 0..1, exactly.
 * @param centre of the pixel, in source pixels from the first edge
 */
function shareBetween(edges: Edges, centre: number): number {
  const { gradient, distance, across, down } = edges;
  const depth = centre / gradient;
  const first = shareBehind(depth, across, down);
  const second = shareBehind(distance - depth, across, down);
  return Math.max(first + second - 1, 0);
}

/** How much of a pixel lies on the inner side of an edge that its centre is `depth` behind. */
function shareBehind(depth: number, across: number, down: number): number {
  const corner = (across + down) / 2 - Math.abs(depth);
  const nearer = Math.min(across, down);
  // The edge passes by the pixel; or it cuts off a triangle; or it cuts the pixel from side to side.
  if (corner <= 0) return depth > 0 ? 1 : 0;
  if (corner < nearer) {
    const triangle = (corner * corner) / (2 * across * down);
    return depth > 0 ? 1 - triangle : triangle;
  }
  return 0.5 + depth / Math.max(across, down);
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
