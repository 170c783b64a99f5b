import * as tf from "@tensorflow/tfjs-core";

/**
 * Identity loss (Taigman et al. 2017; CycleGAN section 5.2): a picture that already has the style is to come out as it
 * went in. Mean absolute difference.
 * @param result G(y), [batch, h, w, 3]
 * @param drawing y, [batch, h, w, 3]
 */
export function identityLoss(
  result: tf.Tensor4D,
  drawing: tf.Tensor4D,
): tf.Scalar {
  return tf.mean(tf.abs(tf.sub(result, drawing))) as tf.Scalar;
}
