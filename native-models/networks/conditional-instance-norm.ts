import * as tf from "@tensorflow/tfjs-core";

/** Added to the variance under the root. */
export const normalisationEpsilon = 1e-5;

/**
 * Mean and biased variance over each picture's own pixels, in one pass less than `tf.moments`. Without the right gradient:
 * that of `tf.squaredDifference` in TensorFlow.js 4.22 forgets to sum over what was broadcast.
 * @param x [batch, h, w, channels]
 * @param weights w of each pixel, [1, h, w, 1], with the sum 1: then μ = Σ w·x and σ² = Σ w·(x − μ)², the moments of the
 *   part of the picture that the weights pick out. Without them every pixel weighs the same.
 * @returns [batch, 1, 1, channels] each
 */
export function pixelMoments(
  x: tf.Tensor4D,
  weights?: tf.Tensor4D,
): {
  mean: tf.Tensor4D;
  variance: tf.Tensor4D;
} {
  const average = (values: tf.Tensor4D) =>
    weights === undefined
      ? tf.mean<tf.Tensor4D>(values, [1, 2], true)
      : tf.sum<tf.Tensor4D>(tf.mul(values, weights), [1, 2], true);
  const mean = average(x);
  const variance = average(tf.squaredDifference(x, mean));
  return { mean, variance };
}

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
  const { mean, variance } = pixelMoments(x);
  // 1/σ
  const r = tf.rsqrt<tf.Tensor4D>(tf.add(variance, normalisationEpsilon));
  const factor = tf.mul<tf.Tensor4D>(scale, r);
  const value = tf.add<tf.Tensor4D>(
    tf.mul(x, factor),
    tf.sub(shift, tf.mul(mean, factor)),
  );
  save([x, factor, mean, r]);
  const styles = scale.shape[0];
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
    const [x, factor, mean, r] = saved as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
    ];
    // With x̂ = (x − μ)/σ, the sums of dy and of dy·x̂ over the pixels are all that the gradients need:
    // dβ = Σ dy, dγ = Σ dy·x̂, dx = γ/σ · (dy − dβ/n − x̂·dγ/n).
    const dShift = tf.sum(dy, [1, 2], true);
    const dScale = tf.mul(
      tf.sub(tf.sum(tf.mul(dy, x), [1, 2], true), tf.mul(mean, dShift)),
      r,
    );
    const share = tf.div(factor, x.shape[1] * x.shape[2]);
    const slope = tf.mul(tf.mul(share, r), dScale);
    const offset = tf.sub(tf.mul(slope, mean), tf.mul(share, dShift));
    const perStyle = (sums: tf.Tensor) =>
      styles === sums.shape[0] ? sums : tf.sum(sums, 0, true);
    return [
      tf.add(tf.sub(tf.mul(dy, factor), tf.mul(x, slope)), offset),
      perStyle(dScale),
      perStyle(dShift),
    ];
  };
  return { value, gradFunc };
});
