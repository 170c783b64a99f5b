import * as tf from "@tensorflow/tfjs-core";
import type { Taps } from "../networks/perceptual.ts";

/** Shares of relu3_1 and relu4_1: what is where weighs more than what it looks like close by. */
const tapWeights = [0, 0, 0.3, 1] as const;

/**
 * Content loss (Gatys et al. 2016, eq. 1; Johnson et al. 2016, section 3.1), with each tap's squared error taken
 * relative to the mean square of the target, so that taps of any scale weigh as their weights say:
 * Σ wₗ · mean(‖φₗ(ŷ) − φₗ(y)‖²) / mean(‖φₗ(y)‖²).
 * @param result taps of the generator's picture ŷ
 * @param target taps of the picture y whose content is to be kept
 */
export function contentLoss(result: Taps, target: Taps): tf.Scalar {
  const terms = tapWeights.flatMap((weight, l) =>
    weight === 0
      ? []
      : [
          tf.mul(
            weight,
            tf.div(
              tf.mean(tf.squaredDifference(result[l]!, target[l]!)),
              tf.add(tf.mean(tf.square(target[l]!)), 1e-8),
            ),
          ),
        ],
  );
  return tf.addN(terms) as tf.Scalar;
}

/** Share of a tap's mean variance below which what a channel varies is taken for nothing. */
const leastVariance = 0.01;

/**
 * Content loss of normalised taps (Park and Lee 2019, eq. 7): Σ wₗ · mean(‖φ̄ₗ(ŷ) − φ̄ₗ(y)‖²) / 2, where φ̄ is φ with every
 * channel of every picture less its mean and divided by its deviation. Means and deviations are what a style is made of
 * (Huang and Belongie 2017), so unlike `contentLoss` it asks where things are and leaves to the style how strong they are.
 * 0 for the picture itself, about Σ wₗ for an unrelated one.
 * @param result taps of the generator's picture ŷ
 * @param target taps of the picture y whose content is to be kept
 */
export function normalisedContentLoss(result: Taps, target: Taps): tf.Scalar {
  const terms = tapWeights.flatMap((weight, l) => {
    if (weight === 0) return [];
    const [a, b] = [normalised(result[l]!), normalised(target[l]!)];
    return [tf.mul(weight / 2, tf.mean(tf.squaredDifference(a, b)))];
  });
  return tf.addN(terms) as tf.Scalar;
}

function normalised(tap: tf.Tensor4D): tf.Tensor4D {
  const { mean, variance } = tf.moments(tap, [1, 2], true);
  const least = tf.mul(leastVariance, tf.mean(variance, 3, true));
  const floor = tf.add(least, 1e-6);
  return tf.div(tf.sub(tap, mean), tf.sqrt(tf.add(variance, floor)));
}
