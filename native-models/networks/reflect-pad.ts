import * as tf from "@tensorflow/tfjs-core";

/**
 * Mirrors `size` rows and columns over each edge without repeating the edge itself, as PyTorch's ReflectionPad2d does.
 *
 * Built from slice, reverse and concat because the gradient of `tf.mirrorPad` in TensorFlow.js 4.22 only slices: it
 * drops what the mirrored pixels owe to the pixels that they show.
 * @param x [batch, h, w, channels], with h and w greater than `size`
 * @returns [batch, h + 2·size, w + 2·size, channels]
 */
export function reflectPad(x: tf.Tensor4D, size: number): tf.Tensor4D {
  return size === 0 ? x : padAxis(padAxis(x, size, 1), size, 2);
}

function padAxis(x: tf.Tensor4D, size: number, axis: 1 | 2): tf.Tensor4D {
  const length = x.shape[axis];
  if (length <= size) {
    throw new RangeError(
      `Reflecting ${size} pixels needs more than ${length} of them.`,
    );
  }
  return tf.concat(
    [strip(x, 1, size, axis), x, strip(x, length - 1 - size, size, axis)],
    axis,
  );
}

/** `size` rows or columns from `start`, mirrored; a single one is its own mirror image. */
function strip(
  x: tf.Tensor4D,
  start: number,
  size: number,
  axis: 1 | 2,
): tf.Tensor4D {
  const begin: [number, number, number, number] = [0, 0, 0, 0];
  const extent: [number, number, number, number] = [...x.shape];
  begin[axis] = start;
  extent[axis] = size;
  const edge = tf.slice(x, begin, extent);
  return size === 1 ? edge : tf.reverse(edge, axis);
}
