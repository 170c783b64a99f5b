import * as tf from "@tensorflow/tfjs-core";
import { type CropRange, type Picture, randomCrop } from "./picture.ts";
import type { Random } from "./random.ts";

/**
 * Random crops of randomly chosen pictures.
 * @param side of the crops in pixels
 * @param range shares of each picture's short side, or null for a zoom of 0.65 to 1.6, as far as the picture is large enough
 * @returns [count, side, side, 3] in 0..1
 */
export function drawCrops(
  pictures: readonly Picture[],
  count: number,
  side: number,
  range: CropRange | null,
  random: Random,
): tf.Tensor4D {
  const samples = cropSamples(pictures, count, side, range, random);
  return tf.tensor4d(samples, [count, side, side, 3]);
}

/** The same, as samples that can still be changed. */
export function cropSamples(
  pictures: readonly Picture[],
  count: number,
  side: number,
  range: CropRange | null,
  random: Random,
): Float32Array {
  const samples = new Float32Array(count * side * side * 3);
  for (let i = 0; i < count; i++) {
    const picture = random.pick(pictures);
    randomCrop(
      picture,
      side,
      range ?? zoomRange(picture, side),
      random,
      samples,
      i * side * side * 3,
    );
  }
  return samples;
}

function zoomRange({ levels }: Picture, side: number): CropRange {
  const { width, height } = levels[0]!;
  const share = side / Math.min(width, height);
  return {
    smallest: Math.min(0.9, share / 1.6),
    largest: Math.min(1, share / 0.65),
  };
}
