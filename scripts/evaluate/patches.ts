import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { Random } from "../../native-models/training/random.ts";
import { labFrom } from "./lab.ts";

const side = 7;

/**
 * Patches of 7x7 in CIELAB from places that are always the same for pictures of the same sizes.
 * @param count in all, spread evenly over the pictures
 * @returns [about count, 147]
 */
export function samplePatches(
  pictures: readonly Raster[],
  count: number,
): tf.Tensor2D {
  const random = Random.seeded(29);
  const share = Math.ceil(count / pictures.length);
  const rows: Float32Array[] = [];
  for (const picture of pictures) {
    const lab = tf.tidy(() => labFrom(picture).dataSync()) as Float32Array;
    const { width, height } = picture;
    for (let drawn = 0; drawn < share; drawn++) {
      const left = random.below(width - side + 1);
      const top = random.below(height - side + 1);
      rows.push(cutPatch(lab, { width, channels: 3 }, left, top, side));
    }
  }
  return stackRows(rows, side * side * 3);
}

/**
 * Root mean square distance of each patch from the nearest of others.
 * @returns one number for each row of `from`
 */
export async function nearestDistances(
  from: tf.Tensor2D,
  to: tf.Tensor2D,
): Promise<number[]> {
  const nearest = tf.tidy(() => {
    const squares = tf.sub(
      tf.sum(tf.square(to), 1),
      tf.mul(2, tf.matMul(from, to, false, true)),
    );
    const smallest = tf.add(tf.min(squares, 1), tf.sum(tf.square(from), 1));
    return tf.sqrt(tf.relu(tf.div(smallest, from.shape[1])));
  });
  const values = await nearest.data();
  nearest.dispose();
  return Array.from(values);
}

/** A square of a picture, channels interleaved. */
export function cutPatch(
  samples: Float32Array,
  { width, channels }: { width: number; channels: number },
  left: number,
  top: number,
  side: number,
): Float32Array {
  const row = side * channels;
  const patch = new Float32Array(side * row);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * width + left) * channels;
    patch.set(samples.subarray(from, from + row), y * row);
  }
  return patch;
}

export function stackRows(
  rows: readonly Float32Array[],
  length: number,
): tf.Tensor2D {
  const values = new Float32Array(rows.length * length);
  for (const [i, row] of rows.entries()) values.set(row, i * length);
  return tf.tensor2d(values, [rows.length, length]);
}
