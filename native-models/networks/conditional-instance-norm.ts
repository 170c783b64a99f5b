import * as tf from "@tensorflow/tfjs-core";

/** Added to the variance under the root. */
export const normalisationEpsilon = 1e-5;

/**
 * Conditional instance normalisation (Dumoulin et al. 2017, equation 5): γ·(x − μ)/√(σ² + ε) + β, with mean and biased
 * variance over each picture's own pixels.
 * @param x [batch, h, w, channels]
 * @param scale γ, [1 or batch, 1, 1, channels]
 * @param shift β, of the same shape
 */
export function conditionalInstanceNorm(
  x: tf.Tensor4D,
  scale: tf.Tensor4D,
  shift: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, [1, 2], true);
    const factor = tf.div(
      scale,
      tf.sqrt(tf.add(variance, normalisationEpsilon)),
    );
    // One product and one sum over the pixels: the rest is per channel.
    return tf.add(tf.mul(x, factor), tf.sub(shift, tf.mul(mean, factor)));
  });
}
