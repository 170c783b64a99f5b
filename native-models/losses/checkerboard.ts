import * as tf from "@tensorflow/tfjs-core";

/** Side of the squares in which a pattern has to keep step to count, in pixels. */
const square = 16;

/** Half the deviation among a square's cells is what strokes out of step would leave of a mean by chance, and more. */
const chance = 0.5;

/** Walsh's lines of four pixels without the even one: everything that can repeat every four pixels of a row. */
const walsh = [
  [1, 1, 1, 1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
  [1, -1, 1, -1],
] as const;

/**
 * Patterns of one cell that G's pixel grids can repeat over a picture: whatever has a period of four pixels, and the
 * checkerboard of four, whose cells are pixels of the coarsest grid. Filters [side, side, 1, patterns], of mean size 1.
 */
const patterns = [
  {
    side: 4,
    boards: walsh
      .flatMap((row) => walsh.map((column) => outer(row, column)))
      .slice(1),
  },
  { side: 8, boards: [outer(line(8, 4), line(8, 4))] },
] as const;

/**
 * Checkerboard loss: what keeps step with the generator's own pixel grids and was not in the content. Networks that go
 * down and up again leave such screens and weaves in even areas (Odena et al. 2016, "Deconvolution and Checkerboard
 * Artifacts"), and style losses do not mind them, for a screen has the statistics of paper and ink.
 *
 * A pattern's share in a square of 16 x 16 pixels is the size of its mean over the square's cells less half its deviation
 * among them: strokes, edges and hatching fall in and out of step, what the grid repeats does not. The loss is what the
 * result's shares are above the content's, averaged over squares and channels and summed over the patterns.
 * @param result the generator's picture, [batch, h, w, channels], h and w at least 16
 * @param content the picture that it was made from
 */
export function checkerboardLoss(
  result: tf.Tensor4D,
  content: tf.Tensor4D,
): tf.Scalar {
  const terms = patterns.map(({ side, boards }) => {
    const filter = tf.transpose(
      tf.tensor4d(boards.flat(), [boards.length, side, side, 1]),
      [1, 2, 3, 0],
    );
    const excess = tf.sub(
      shares(result, filter as tf.Tensor4D),
      shares(content, filter as tf.Tensor4D),
    );
    return tf.mul(boards.length, tf.mean(tf.relu(excess)));
  });
  return tf.addN(terms) as tf.Scalar;
}

/** Every pattern's share in every square: [batch · channels · h/16, 1, w/16, 1, patterns]. */
function shares(x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  const [side] = filter.shape;
  const planes = tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [
    batch * channels,
    height,
    width,
    1,
  ]);
  const cells = tf.div<tf.Tensor4D>(
    tf.conv2d(planes as tf.Tensor4D, filter, side, "valid"),
    side * side,
  );
  const inSquare = square / side;
  const [down, across] = [height, width].map((n) => Math.floor(n / square));
  const [count, , , boards] = cells.shape;
  const whole = tf.slice(
    cells,
    [0, 0, 0, 0],
    [count, down! * inSquare, across! * inSquare, boards],
  );
  const squares = tf.reshape(whole, [
    count * down!,
    inSquare,
    across!,
    inSquare,
    boards,
  ]);
  const mean = tf.mean(squares, [1, 3], true);
  const variance = tf.mean(tf.square(tf.sub(squares, mean)), [1, 3], true);
  // Without a corner at 0, where even areas lie.
  const deviation = tf.sub(tf.sqrt(tf.add(variance, 1e-6)), 1e-3);
  return tf.relu(tf.sub(tf.abs(mean), tf.mul(chance, deviation)));
}

/** ±1 by turns, `cell` pixels each. */
function line(length: number, cell: number): number[] {
  return Array.from({ length }, (_, i) =>
    Math.floor(i / cell) % 2 === 0 ? 1 : -1,
  );
}

/** The board whose rows are `column`, each with the sign of its place in `row`; rows one after the other. */
function outer(row: readonly number[], column: readonly number[]): number[] {
  return row.flatMap((a) => column.map((b) => a * b));
}
