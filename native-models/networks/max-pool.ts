import * as tf from "@tensorflow/tfjs-core";

/**
 * Max pooling, 2x2 with stride 2. Where pixels are equal the first one, row by row, takes the gradient.
 *
 * The gradient is ours: TensorFlow's on the processor searches every square again, pixel by pixel, and takes three times
 * as long as comparing all squares' halves at once.
 * @param x [batch, h, w, channels]; an odd last row or column is left out
 * @returns [batch, ⌊h/2⌋, ⌊w/2⌋, channels]
 */
export function maxPool(x: tf.Tensor4D): tf.Tensor4D {
  return pool(x) as tf.Tensor4D;
}

const pool = tf.customGrad((...inputs) => {
  const [x, save] = inputs as unknown as [tf.Tensor4D, tf.GradSaveFunc];
  save([x]);
  return {
    value: tf.maxPool(x, 2, 2, "valid"),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
      handBack(dy as tf.Tensor4D, saved[0] as tf.Tensor4D),
  };
});

/** Gives each pixel of `dy` to the largest of the four pixels of `x` that it came from. */
function handBack(dy: tf.Tensor4D, x: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [, h, w] = dy.shape;
  const isEven = height === 2 * h && width === 2 * w;
  const even = isEven
    ? x
    : tf.slice(x, [0, 0, 0, 0], [batch, 2 * h, 2 * w, channels]);
  // First the two of a row, then the two rows.
  const pairs = halves(even, batch * h * 2 * w);
  const rows = halves(tf.maximum(...pairs), batch * h);
  const dRows = share(tf.reshape(dy, rows[0].shape), rows);
  const dPairs = share(tf.reshape(dRows, pairs[0].shape), pairs);
  const dx = tf.reshape<tf.Rank.R4>(dPairs, even.shape);
  if (isEven) return dx;
  return tf.pad(dx, [
    [0, 0],
    [0, height - 2 * h],
    [0, width - 2 * w],
    [0, 0],
  ]);
}

type Halves = readonly [first: tf.Tensor2D, second: tf.Tensor2D];

/** Cuts `x` into lines of equal length and these into halves. */
function halves(x: tf.Tensor, lines: number): Halves {
  const parts = tf.split<tf.Tensor2D>(tf.reshape(x, [lines, -1]), 2, 1);
  return [parts[0]!, parts[1]!];
}

/** Gives every element to the first half where that is at least as large, else to the second: [lines, 2·n]. */
function share(dy: tf.Tensor2D, [first, second]: Halves): tf.Tensor2D {
  const toFirst = tf.mul<tf.Tensor2D>(dy, tf.greaterEqual(first, second));
  return tf.concat([toFirst, tf.sub(dy, toFirst)], 1);
}
