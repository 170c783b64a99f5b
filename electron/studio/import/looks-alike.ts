import type { Raster } from "../../../common/raster.ts";

/** Side of the squares whose means are compared: a soft edge that lies half a pixel elsewhere is no difference. */
const side = 4;

/**
 * What an eye sees: how far two means may be apart (0..1), and the share of squares that may be further. Smoothed edges
 * of text and shapes, which programs draw each in their own way, stay below both.
 */
const visible = [
  { difference: 20 / 255, share: 0.002 },
  { difference: 8 / 255, share: 0.1 },
];

/**
 * Whether two pictures of one size look the same: whether nearly all small squares have the same mean colour, with
 * premultiplied alpha, so that the colour of what is clear does not matter.
 * @param a RGBA, straight, 0..1
 * @param b of the same size
 */
export function looksAlike(
  a: Raster<Float32Array>,
  b: Raster<Float32Array>,
): boolean {
  const { width, height } = a;
  const differences: number[] = [];
  for (let y = 0; y < height; y += side)
    for (let x = 0; x < width; x += side) {
      const theirs = meanOf(b, x, y);
      const apart = meanOf(a, x, y).map((mean, at) =>
        Math.abs(mean - theirs[at]!),
      );
      differences.push(Math.max(...apart));
    }
  return visible.every(({ difference, share }) => {
    const beyond = differences.filter((apart) => apart > difference);
    return beyond.length <= differences.length * share;
  });
}

function meanOf(
  { width, height, samples }: Raster<Float32Array>,
  left: number,
  top: number,
): number[] {
  const right = Math.min(left + side, width);
  const bottom = Math.min(top + side, height);
  const sums = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const at = 4 * (y * width + x);
      const alpha = samples[at + 3]!;
      for (let channel = 0; channel < 3; channel++)
        sums[channel]! += samples[at + channel]! * alpha;
      sums[3]! += alpha;
    }
  const count = (right - left) * (bottom - top);
  return sums.map((sum) => sum / count);
}
