import * as tf from "@tensorflow/tfjs-core";
import type { Taps } from "../networks/perceptual.ts";
import {
  type Moments,
  momentsOf,
  variancesOf,
} from "../networks/tap-moments.ts";

/** What the style loss compares, for one tap: of each picture of a batch, or one row that stands for a whole folder. */
export interface TapStyle {
  /** G = FᵀF / (h·w), [batch, channels, channels]. */
  readonly gram: tf.Tensor3D;
  /** Means, then deviations √(variance + 1e-5) over the picture, [batch, 2·channels]. */
  readonly moments: tf.Tensor2D;
}
export type Style = readonly TapStyle[];

/** Shares of the Gram and of the mean-and-deviation term. */
const gramWeight = 0.6;
const momentsWeight = 0.6;

/** Gram matrices (Gatys et al. 2016, eq. 3, divided by the positions) and means with deviations (Huang and Belongie 2017). */
export function styleOf(taps: Taps): Style {
  return styleFrom(taps.map(momentsOf));
}

/** The same, from moments that are known. */
export function styleFrom(moments: readonly Moments[]): Style {
  return moments.map((tap) => {
    const mean = tf.squeeze<tf.Tensor2D>(tap.mean, [1]);
    const deviation = tf.sqrt(tf.add(variancesOf(tap), 1e-5));
    return {
      gram: tf.add<tf.Tensor3D>(
        tap.covariance,
        tf.mul(tf.reshape(mean, [...mean.shape, 1]), tap.mean),
      ),
      moments: tf.concat([mean, deviation], 1) as tf.Tensor2D,
    };
  });
}

/** The mean over the batch, as one row. */
export function meanStyle(style: Style): Style {
  return style.map(({ gram, moments }) => ({
    gram: tf.mean<tf.Tensor3D>(gram, 0, true),
    moments: tf.mean<tf.Tensor2D>(moments, 0, true),
  }));
}

/**
 * Style loss: over the taps, 0.6 · ‖G − A‖²_F / ‖A‖²_F + 0.6 · ‖m − n‖² / ‖n‖², averaged over the batch. Gatys et al.
 * 2016, eq. 4 and 5, but relative to the target, which makes taps and styles comparable; the moments (Li et al. 2017)
 * take part of the Gram matrix's weight because Gram matrices alone leave a fine screen in flat areas.
 * @param result the generator's picture: G and m
 * @param target the style: A and n; a single row serves the whole batch
 */
export function gramStyleLoss(result: Style, target: Style): tf.Scalar {
  const terms = result.map(({ gram, moments }, l) =>
    tf.add(
      tf.mul(gramWeight, relativeError(gram, target[l]!.gram)),
      tf.mul(momentsWeight, relativeError(moments, target[l]!.moments)),
    ),
  );
  return tf.addN(terms) as tf.Scalar;
}

/** Squared distance over the target's squared norm, per picture, averaged over the batch. */
function relativeError(value: tf.Tensor, target: tf.Tensor): tf.Tensor {
  const inner = value.shape.slice(1).map((_, axis) => axis + 1);
  return tf.mean(
    tf.div(
      tf.sum(squaredError(value, target), inner),
      tf.add(tf.sum(tf.square(target), inner), 1e-8),
    ),
  );
}

/** Not tf.squaredDifference: its gradient in TensorFlow.js 4.22 forgets to sum over what was broadcast. */
function squaredError(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.square(tf.sub(a, b));
}
