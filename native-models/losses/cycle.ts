import * as tf from "@tensorflow/tfjs-core";

/**
 * Cycle consistency, one direction of it (Zhu et al. 2017, CycleGAN, eq. 2): ‖F(G(x)) − x‖₁, as a mean over pixels and
 * channels. The recipe adds both directions and weighs them by λ.
 * @param reconstructed F(G(x)), [batch, h, w, 3]
 * @param original x, [batch, h, w, 3]
 */
export function cycleLoss(
  reconstructed: tf.Tensor4D,
  original: tf.Tensor4D,
): tf.Scalar {
  return tf.mean(tf.abs(tf.sub(reconstructed, original))) as tf.Scalar;
}
