import * as tf from "@tensorflow/tfjs-core";

/**
 * Temporal loss (Ruder, Dosovitskiy and Brox 2016): what moves is to keep its look, so a frame is compared with the one
 * before it moved along the flow: mean over visible pixels of c · (y − W(y′))².
 * @param result y, the generator's picture of a frame, [batch, h, w, channels]
 * @param previous y′, that of the frame before
 * @param flow where each pixel of the frame was in the one before, as (right, down) in pixels from where it is now,
 * [batch, h, w, 2]; no gradient flows through it
 * @param visible c, 1 where that pixel is seen in both frames and 0 where it was hidden, [batch, h, w, 1]
 */
export function temporalLoss(
  result: tf.Tensor4D,
  previous: tf.Tensor4D,
  flow: tf.Tensor4D,
  visible: tf.Tensor4D,
): tf.Scalar {
  const error = tf.square(tf.sub(result, warp(previous, flow)));
  const counted = tf.mul(tf.sum(visible), result.shape[3]);
  return tf.div<tf.Scalar>(
    tf.sum(tf.mul(error, visible)),
    tf.maximum(counted, 1),
  );
}

/**
 * W: moves a picture along a flow, bilinearly. What comes from beyond an edge is the edge's colour.
 * @param x [batch, h, w, channels]
 * @param flow as for the temporal loss, [batch, h, w, 2]
 */
export function warp(x: tf.Tensor4D, flow: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [right, down] = tf.split(flow, 2, 3) as [tf.Tensor4D, tf.Tensor4D];
  const across = neighbours(tf.add(right, counting(width, 1, 2)), width);
  const along = neighbours(tf.add(down, counting(height, 1, 1)), height);
  const pictures = counting(batch, height * width, 0);
  const pixels: tf.Tensor2D = tf.reshape(x, [-1, channels]);
  const parts = along.flatMap((row) =>
    across.map((column) => {
      const first = tf.mul(row.index, tf.scalar(width, "int32"));
      const number = tf.add(tf.add(first, column.index), pictures);
      const taken = tf.gather(pixels, tf.reshape(number, [-1]));
      return tf.mul(
        tf.reshape(taken, x.shape),
        tf.mul(row.share, column.share),
      );
    }),
  );
  return tf.addN(parts) as tf.Tensor4D;
}

/** The two whole positions around each one, kept within 0..length − 1, and their shares. */
function neighbours(position: tf.Tensor, length: number) {
  const kept = tf.clipByValue(position, 0, length - 1);
  const index = tf.floor(kept);
  const share = tf.sub(kept, index);
  const next = tf.minimum(tf.add(index, 1), length - 1);
  return [
    { index: tf.cast(index, "int32"), share: tf.sub(1, share) },
    { index: tf.cast(next, "int32"), share },
  ];
}

/** 0, step, 2 · step … along one axis of four. */
function counting(length: number, step: number, axis: 0 | 1 | 2): tf.Tensor4D {
  const shape: [number, number, number, number] = [1, 1, 1, 1];
  shape[axis] = length;
  return tf.reshape(tf.range(0, length * step, step, "int32"), shape);
}
