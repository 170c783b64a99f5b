import * as tf from "@tensorflow/tfjs-core";

/** Added to the variance under the root. */
export const normalisationEpsilon = 1e-5;

/**
 * Conditional instance normalisation (Dumoulin et al. 2017, equation 5): γ·(x − μ)/√(σ² + ε) + β, with mean and biased
 * variance over each picture's own pixels.
 *
 * The gradient is written out: TensorFlow.js would differentiate mean and variance one by one, with twice as many passes
 * over the pixels. Everything but those passes is per channel.
 * @param x [batch, h, w, channels]
 * @param scale γ, [1 or batch, 1, 1, channels]
 * @param shift β, of the same shape
 */
export function conditionalInstanceNorm(
  x: tf.Tensor4D,
  scale: tf.Tensor4D,
  shift: tf.Tensor4D,
): tf.Tensor4D {
  return normalise(x, scale, shift) as tf.Tensor4D;
}

const normalise = tf.customGrad((...inputs) => {
  const [x, scale, shift, save] = inputs as unknown as [
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
    tf.GradSaveFunc,
  ];
  const { mean, variance } = tf.moments(x, [1, 2], true);
  // 1/σ
  const r = tf.rsqrt(tf.add(variance, normalisationEpsilon));
  const factor = tf.mul(scale, r);
  const value = tf.add<tf.Tensor4D>(
    tf.mul(x, factor),
    tf.sub(shift, tf.mul(mean, factor)),
  );
  save([x, scale, mean as tf.Tensor4D, r as tf.Tensor4D]);
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
    const [x, scale, mean, r] = saved as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
    ];
    // With x̂ = (x − μ)/σ, the means of dy and of dy·x̂ over the pixels are all that the gradients need:
    // dx = γ/σ · (dy − mean(dy) − x̂·mean(dy·x̂)), dγ = Σ dy·x̂, dβ = Σ dy.
    const dyMean = tf.mean(dy, [1, 2], true);
    const dyxMean = tf.mul(
      tf.sub(tf.mean(tf.mul(dy, x), [1, 2], true), tf.mul(mean, dyMean)),
      r,
    );
    const factor = tf.mul(scale, r);
    const slope = tf.mul(tf.mul(factor, r), dyxMean);
    const offset = tf.sub(tf.mul(slope, mean), tf.mul(factor, dyMean));
    const pixels = x.shape[1] * x.shape[2];
    const perStyle = (means: tf.Tensor) =>
      tf.mul(
        scale.shape[0] === means.shape[0] ? means : tf.sum(means, 0, true),
        pixels,
      );
    return [
      tf.add(tf.sub(tf.mul(dy, factor), tf.mul(x, slope)), offset),
      perStyle(dyxMean),
      perStyle(dyMean),
    ];
  };
  return { value, gradFunc };
});
