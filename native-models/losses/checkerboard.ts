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
  const excess = tf.relu(tf.sub(shares(result), shares(content)));
  return tf.mul<tf.Scalar>(cells.length, tf.mean(excess));
}

/**
 * The size of every square's share in every grid: [batch, h/16, cells, w/16, channels]. A board of ±1 is a product of two
 * lines, so rows are summed first, by one product with all lines at once.
 */
function shares(x: tf.Tensor4D): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  const [down, across] = [height, width].map((n) => Math.floor(n / square)) as [
    number,
    number,
  ];
  const whole = tf.slice(
    x,
    [0, 0, 0, 0],
    [batch, down * square, across * square, channels],
  );
  const rows = tf.reshape(whole, [batch * down, square, -1]);
  const lines = tf.tensor2d(cells.map((cell) => line(cell)));
  const summed = tf.matMul(tf.reshape(lines, [1, cells.length, square]), rows);
  const parts = tf.reshape(summed, [
    batch,
    down,
    cells.length,
    across,
    square,
    channels,
  ]);
  const signs = tf.reshape(lines, [cells.length, 1, square, 1]);
  return tf.abs(tf.div(tf.sum(tf.mul(parts, signs), 4), square ** 2));
}

/** ±1 by turns, cell by cell, over one square. */
function line(cell: number): number[] {
  return Array.from({ length: square }, (_, i) =>
    Math.floor(i / cell) % 2 === 0 ? 1 : -1,
  );
}
