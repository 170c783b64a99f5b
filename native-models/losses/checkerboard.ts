import * as tf from "@tensorflow/tfjs-core";

/** Sides of the cells whose alternation is looked for, in pixels: the pixel grids of G's three resolutions. */
const cells = [1, 2, 4] as const;

/** Side of the squares over which an alternation has to keep step to count, in pixels: two periods of the largest. */
const square = 16;

/**
 * Checkerboard loss: what keeps step with the generator's own pixel grids and was not in the content. Networks that go
 * down and up again leave such screens in even areas (Odena et al. 2016, "Deconvolution and Checkerboard Artifacts"), and
 * style losses do not mind them, for a screen has the statistics of paper and ink.
 *
 * A picture's share in a grid is the size of its mean over squares of 16 x 16 pixels after multiplication by a
 * checkerboard of ±1: strokes fall in and out of step and cancel, what alternates cell by cell does not. The loss is what
 * the result's share is above the content's, averaged over squares and channels and summed over cells of 1, 2 and 4.
 * @param result the generator's picture, [batch, h, w, channels], h and w at least 16
 * @param content the picture that it was made from
 */
export function checkerboardLoss(
  result: tf.Tensor4D,
  content: tf.Tensor4D,
): tf.Scalar {
  const [, height, width] = result.shape;
  const terms = cells.map((cell) => {
    const board = checkerboard(height, width, cell);
    const share = (x: tf.Tensor4D) =>
      tf.abs(
        tf.avgPool(tf.mul<tf.Tensor4D>(x, board), square, square, "valid"),
      );
    return tf.mean(tf.relu(tf.sub(share(result), share(content))));
  });
  return tf.addN(terms) as tf.Scalar;
}

/** ±1 by turns, cell by cell: [1, height, width, 1]. */
function checkerboard(height: number, width: number, cell: number): tf.Tensor {
  const line = (length: number) =>
    Float32Array.from({ length }, (_, i) =>
      Math.floor(i / cell) % 2 === 0 ? 1 : -1,
    );
  return tf.mul(
    tf.tensor4d(line(height), [1, height, 1, 1]),
    tf.tensor4d(line(width), [1, 1, width, 1]),
  );
}
