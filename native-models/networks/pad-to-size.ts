import * as tf from "@tensorflow/tfjs-core";

/**
 * Extends pictures to the right and below by mirroring them, as often as it takes, without repeating the edge.
 * @param x [batch, h, w, channels]
 * @param height, width at least h and w
 */
export function padToSize(
  x: tf.Tensor4D,
  height: number,
  width: number,
): tf.Tensor4D {
  return tf.tidy(() => padAxis(padAxis(x, height, 1), width, 2));
}

function padAxis(x: tf.Tensor4D, length: number, axis: 1 | 2): tf.Tensor4D {
  const from = x.shape[axis];
  if (from === length) return x;
  const indices = Array.from({ length }, (_, index) => mirrored(index, from));
  return tf.gather(x, tf.tensor1d(indices, "int32"), axis);
}

/** Where an index lands when a line of `length` pixels is mirrored at its last and first pixel: 0 1 2 1 0 1 2 … */
export function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((index % period) + period) % period;
  return within < length ? within : period - within;
}
