import * as tf from "@tensorflow/tfjs-core";

/** What the pixels of each picture of a batch have in common, channel by channel and pair by pair. */
export interface Moments {
  /** [batch, 1, channels] */
  readonly mean: tf.Tensor3D;
  /** Of the pixels, without Bessel's correction, [batch, channels, channels]; the variances are its diagonal. */
  readonly covariance: tf.Tensor3D;
  /** Pixels of a picture. */
  readonly pixels: number;
}

/**
 * Mean and covariance of the pixels. Variances and Gram matrix follow from them without another pass over the pixels, and,
 * because the mean is taken out first, without loss of digits.
 *
 * The gradient is written out. That of C = ΣΔᵀΔ/n, Δ = x − m, is Δ·(dC + dCᵀ)/n; the mean adds nothing to it, for ΣΔ = 0.
 * @param tap [batch, h, w, channels]
 */
export function momentsOf(tap: tf.Tensor4D): Moments {
  const [batch, height, width, channels] = tap.shape;
  const pixels = height * width;
  const both = meanAndCovariance(tf.reshape(tap, [batch, pixels, channels]));
  return {
    mean: tf.slice(both as tf.Tensor3D, [0, 0, 0], [batch, 1, channels]),
    covariance: tf.slice(
      both as tf.Tensor3D,
      [0, 1, 0],
      [batch, channels, channels],
    ),
    pixels,
  };
}

/** The diagonal of the covariance: [batch, channels]. */
export function variancesOf({ covariance }: Moments): tf.Tensor2D {
  const channels = covariance.shape[2];
  return tf.sum(tf.mul(covariance, tf.eye(channels)), 2);
}

/** [batch, pixels, channels] to [batch, 1 + channels, channels]: a function with a gradient has one result. */
const meanAndCovariance = tf.customGrad((...inputs) => {
  const [x, save] = inputs as unknown as [tf.Tensor3D, tf.GradSaveFunc];
  const [batch, pixels, channels] = x.shape;
  const mean = tf.mean<tf.Tensor3D>(x, 1, true);
  const centred = tf.sub<tf.Tensor3D>(x, mean);
  const products = tf.matMul(centred, centred, true, false);
  save([centred]);
  return {
    value: tf.concat([mean, tf.div<tf.Tensor3D>(products, pixels)], 1),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [dMean, dCovariance] = tf.split(
        tf.div(dy, pixels),
        [1, channels],
        1,
      );
      const both = tf.add<tf.Tensor3D>(
        dCovariance!,
        tf.transpose(dCovariance!, [0, 2, 1]),
      );
      return tf.add(
        tf.matMul(saved[0] as tf.Tensor3D, both),
        tf.reshape(dMean!, [batch, 1, channels]),
      );
    },
  };
});
