import * as tf from "@tensorflow/tfjs-core";
import { reflectPad } from "../../native-models/networks/reflect-pad.ts";

/**
 * A Gaussian pyramid (Burt and Adelson 1983): each level is the one before, blurred by the binomial 1-4-6-4-1 over
 * reflected edges, at every second pixel.
 * @param planes [count, h, w, 1]
 * @returns `levels` tensors, the picture itself the first
 */
export function pyramid(planes: tf.Tensor4D, levels: number): tf.Tensor4D[] {
  const row = tf.tensor1d([1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]);
  const filter = tf.reshape(tf.outerProduct(row, row), [5, 5, 1, 1]);
  const made = [planes];
  while (made.length < levels) {
    const last = made[made.length - 1]!;
    made.push(
      tf.conv2d(reflectPad(last, 2), filter as tf.Tensor4D, 2, "valid"),
    );
  }
  return made;
}

/** The channels of [1, h, w, c] as pictures of their own, [c, h, w, 1]. */
export function planesOf(picture: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(picture, [3, 1, 2, 0]);
}
