import * as tf from "@tensorflow/tfjs-core";
import { mirrorPad } from "./mirror-pad.ts";

/**
 * Nearest x2 followed by a 3x3 convolution over reflected edges, by one 2x2 convolution of the small picture: four
 * ninths of the products, and no doubled picture of the inputs. Its gradients are right.
 * @param x [batch, h, w, inputs], h and w at least 2
 * @param filter [3, 3, inputs, outputs]
 * @returns [batch, 2·h, 2·w, outputs]
 */
export function upsamplingConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [batch, height, width] = x.shape;
    // Mirroring the doubled picture without its edge is mirroring the small one with its edge.
    const padded = mirrorPad(x, [1, 1], [1, 1], "symmetric");
    const y = tf.conv2d(padded, upsamplingFilter(filter), 1, "valid");
    return tf.slice(
      interleave(y),
      [0, 1, 1, 0],
      [batch, 2 * height, 2 * width, filter.shape[3]],
    );
  });
}

/**
 * The filter of that 2x2 convolution (as in Shi et al. 2016, section 2.2): each of the four pixels that one becomes sees
 * only 2x2 different ones, with sums of the nine weights.
 *
 * The window over rows i−1 and i holds the second pixel that i−1 becomes and the first of i: that order is the order of
 * the four groups of outputs, so that `depthToSpace` lays down a picture that begins with the odd pixel 2(i−1)+1.
 * @param filter [3, 3, inputs, outputs]
 * @returns [2, 2, inputs, 4·outputs]
 */
export function upsamplingFilter(filter: tf.Tensor4D): tf.Tensor4D {
  const second = (f: tf.Tensor4D, axis: 0 | 1) => {
    const [a, b, c] = tf.split<tf.Tensor4D>(f, 3, axis);
    return tf.concat<tf.Tensor4D>([tf.add(a!, b!), c!], axis);
  };
  const first = (f: tf.Tensor4D, axis: 0 | 1) => {
    const [a, b, c] = tf.split<tf.Tensor4D>(f, 3, axis);
    return tf.concat<tf.Tensor4D>([a!, tf.add(b!, c!)], axis);
  };
  return tf.tidy(() => {
    const rows = [second(filter, 0), first(filter, 0)];
    return tf.concat(
      rows.flatMap((row) => [second(row, 1), first(row, 1)]),
      3,
    );
  });
}

/** `tf.depthToSpace` by two, with the gradient that it lacks. */
function interleave(x: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  return tf.customGrad((input) => ({
    value: tf.depthToSpace(input as tf.Tensor4D, 2),
    gradFunc: (dy) => {
      const rows = tf.reshape(dy, [batch, height, 2, width, channels / 2]);
      return tf.reshape(tf.transpose(rows, [0, 1, 3, 2, 4]), x.shape);
    },
  }))(x) as tf.Tensor4D;
}
