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
