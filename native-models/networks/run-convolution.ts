import * as tf from "@tensorflow/tfjs-core";

/** Pixels side by side that are made at once. */
export const runLength = 4;

/**
 * A 5x5 convolution to few channels, made for four neighbours of a row at once: four pixels of 16 channels are one of 64
 * without moving anything, and matrix products of three columns would waste most of the processor.
 * @param x [batch, h + 4, w + 4, inputs], already padded; w a multiple of 4
 * @param filter [5, 5, inputs, outputs]
 * @returns [batch, h, w, outputs]
 */
export function runConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const y = tf.conv2d(asRuns(x), runFilter(filter), 1, "valid");
    return tf.reshape(y, [y.shape[0], y.shape[1], -1, filter.shape[3]]);
  });
}

/**
 * The filter of that convolution.
 * @param filter [5, 5, inputs, outputs]
 * @returns [5, 2, 4·inputs, 4·outputs]
 */
export function runFilter(filter: tf.Tensor4D): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape;
  const span = 2 * runLength;
  const shifted = Array.from({ length: runLength }, (_, by) =>
    tf.pad(filter, [
      [0, 0],
      [by, span - width - by],
      [0, 0],
      [0, 0],
    ]),
  );
  return tf.reshape(tf.concat(shifted, 3), [
    height,
    2,
    runLength * inputs,
    runLength * outputs,
  ]);
}

/** @returns [batch, h, w / 4, 4·channels] */
export function asRuns(x: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  return tf.reshape(x, [
    batch,
    height,
    width / runLength,
    channels * runLength,
  ]);
}
