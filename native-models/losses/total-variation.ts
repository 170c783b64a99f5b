import * as tf from "@tensorflow/tfjs-core";

/**
 * Anisotropic total variation (Rudin, Osher and Fatemi 1992; as a loss, Johnson et al. 2016, section 3.2): the mean
 * absolute difference of neighbours along rows plus that along columns. Independent of the picture's size.
 * @param y pictures [batch, h, w, channels]
 */
export function totalVariation(y: tf.Tensor4D): tf.Scalar {
  const [batch, height, width, channels] = y.shape;
  const down = tf.sub(
    tf.slice(y, [0, 1, 0, 0], [batch, height - 1, width, channels]),
    tf.slice(y, [0, 0, 0, 0], [batch, height - 1, width, channels]),
  );
  const across = tf.sub(
    tf.slice(y, [0, 0, 1, 0], [batch, height, width - 1, channels]),
    tf.slice(y, [0, 0, 0, 0], [batch, height, width - 1, channels]),
  );
  return tf.add<tf.Scalar>(tf.mean(tf.abs(down)), tf.mean(tf.abs(across)));
}
