import * as tf from "@tensorflow/tfjs-core";
import { type CropRange, type Picture, randomCrop } from "./picture.ts";
import type { Random } from "./random.ts";

/** Crops whose samples differ by less than this are even: paper, sky, black. */
const evenRange = 4 / 255;
/** Draws after which an even crop is taken all the same: the pictures may have nothing else. */
const mostDraws = 8;

/**
 * Random crops of randomly chosen pictures. Even ones are drawn again: they teach nothing, and normalising what does not
 * vary multiplies gradients until they overflow.
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
  const size = side * side * 3;
  const samples = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    for (let draw = 1; draw <= mostDraws; draw++) {
      const picture = random.pick(pictures);
      const zoom = range ?? zoomRange(picture, side);
      randomCrop(picture, side, zoom, random, samples, i * size);
      if (!isEven(samples.subarray(i * size, (i + 1) * size))) break;
    }
  }
  return samples;
}

function isEven(samples: Float32Array): boolean {
  let low = 1;
  let high = 0;
  for (const sample of samples) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
    if (high - low >= evenRange) return false;
  }
  return true;
}

function zoomRange({ levels }: Picture, side: number): CropRange {
  const { width, height } = levels[0]!;
  const share = side / Math.min(width, height);
  return {
    smallest: Math.min(0.9, share / 1.6),
    largest: Math.min(1, share / 0.65),
  };
}
