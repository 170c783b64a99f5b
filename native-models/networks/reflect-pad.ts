import * as tf from "@tensorflow/tfjs-core";

/**
 * Mirrors `size` rows and columns over each edge without repeating the edge itself, as PyTorch's ReflectionPad2d does.
 *
 * The gradient is ours: that of `tf.mirrorPad` in TensorFlow.js 4.22 only slices, and so drops what the mirrored pixels
 * owe to the pixels that they show.
 * @param x [batch, h, w, channels], with h and w greater than `size`
 * @returns [batch, h + 2·size, w + 2·size, channels]
 */
export function reflectPad(x: tf.Tensor4D, size: number): tf.Tensor4D {
  if (size === 0) return x;
  const [, height, width] = x.shape;
  if (Math.min(height, width) <= size) {
    throw new RangeError(
      `Reflecting ${size} pixels needs more than ${height} x ${width}.`,
    );
  }
  return tf.customGrad((input) => ({
    value: tf.mirrorPad(
      input as tf.Tensor4D,
      [
        [0, 0],
        [size, size],
        [size, size],
        [0, 0],
      ],
      "reflect",
    ),
    gradFunc: (dy) => foldBack(foldBack(dy as tf.Tensor4D, size, 1), size, 2),
  }))(x) as tf.Tensor4D;
}

/** Adds the mirrored strips at both ends of `axis` to the rows or columns that they mirror. */
function foldBack(dy: tf.Tensor4D, size: number, axis: 1 | 2): tf.Tensor4D {
  const length = dy.shape[axis] - 2 * size;
  const first = mirror(cut(dy, 0, size, axis), axis);
  const last = mirror(cut(dy, size + length, size, axis), axis);
  const own = (start: number, count: number) =>
    cut(dy, size + start, count, axis);
  if (length < 2 * size + 2) {
    return tf.addN([
      own(0, length),
      shiftTo(first, 1, length, axis),
      shiftTo(last, length - 1 - size, length, axis),
    ]);
  }
  // The strips do not meet: one copy in place of two padded sums.
  return tf.concat(
    [
      own(0, 1),
      tf.add<tf.Tensor4D>(own(1, size), first),
      ...(length > 2 * size + 2 ? [own(1 + size, length - 2 * size - 2)] : []),
      tf.add<tf.Tensor4D>(own(length - 1 - size, size), last),
      own(length - 1, 1),
    ],
    axis,
  );
}

function cut(
  x: tf.Tensor4D,
  start: number,
  count: number,
  axis: 1 | 2,
): tf.Tensor4D {
  const begin: [number, number, number, number] = [0, 0, 0, 0];
  const extent: [number, number, number, number] = [...x.shape];
  begin[axis] = start;
  extent[axis] = count;
  return tf.slice(x, begin, extent);
}

/** A single row or column is its own mirror image. */
function mirror(x: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D {
  return x.shape[axis] === 1 ? x : tf.reverse(x, axis);
}

/** `x` from `start` on within zeros of `length`. */
function shiftTo(
  x: tf.Tensor4D,
  start: number,
  length: number,
  axis: 1 | 2,
): tf.Tensor4D {
  const around: [number, number][] = [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  around[axis] = [start, length - start - x.shape[axis]];
  return tf.pad(x, around);
}
