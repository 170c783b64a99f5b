import * as tf from "@tensorflow/tfjs-core";

/**
 * Rows of a matrix by their numbers; one may be taken more than once.
 *
 * The gradient is ours: that of `tf.gather` needs UnsortedSegmentSum, which WebAssembly lacks. It adds up what a row owes
 * to each of its copies.
 * @param matrix [rows, columns]
 * @param rows [count], whole numbers from 0 to rows − 1
 * @returns [count, columns]
 */
export function gatherRows(
  matrix: tf.Tensor2D,
  rows: tf.Tensor1D,
): tf.Tensor2D {
  return tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([rows]);
    return {
      value: tf.gather(x as tf.Tensor, rows),
      gradFunc: (dy, [taken]) =>
        tf.scatterND(tf.reshape(taken!, [-1, 1]), dy, matrix.shape),
    };
  })(matrix) as tf.Tensor2D;
}
