import * as tf from "@tensorflow/tfjs-core";

/**
 * What each pixel of a layer's features counts for its statistics, where only a part of the picture shall: the weights of
 * the pixels that it stands for, with the sum 1.
 * @param y [1, h, w, channels], h and w those of the picture or a power of two smaller
 * @param inside of the picture's pixels, [1, H, W, 1] in 0..1, not all 0; undefined where all count the same
 * @returns [1, h, w, 1], or undefined where all count the same
 */
export function weightsFor(
  y: tf.Tensor4D,
  inside: tf.Tensor4D | undefined,
): tf.Tensor4D | undefined {
  if (inside === undefined) return undefined;
  return tf.tidy(() => {
    const times = inside.shape[1] / y.shape[1];
    const shrunk =
      times === 1 ? inside : tf.avgPool(inside, times, times, "valid");
    return tf.div(shrunk, tf.sum(shrunk));
  });
}
