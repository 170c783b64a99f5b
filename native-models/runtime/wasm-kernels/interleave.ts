import * as tf from "@tensorflow/tfjs-core";

/**
 * Lays the pixels that are groups of channels side by side, row by row.
 * @param x [batch, h, w, rows·columns·channels]
 * @returns [batch, h·rows, w·columns, channels]
 */
export function interleave(
  x: tf.Tensor4D,
  rows: number,
  columns: number,
): tf.Tensor4D {
  if (rows === 1 && columns === 1) return x;
  const [batch, height, width, depth] = x.shape;
  const group = depth / rows;
  return tf.tidy(() => {
    const byRow = tf.reshape(x, [batch * height, width, rows, group]);
    return tf.reshape(tf.transpose(byRow, [0, 2, 1, 3]), [
      batch,
      height * rows,
      width * columns,
      group / columns,
    ]);
  });
}
