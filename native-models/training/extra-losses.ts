import * as tf from "@tensorflow/tfjs-core";
import type { ExtraLoss } from "../../common/contract/engine.ts";
import { colourLoss } from "../losses/colour.ts";
import { drawPlaces, patchNceLoss } from "../losses/patch-nce.ts";
import {
  drawDirections,
  slicedWassersteinLoss,
} from "../losses/sliced-wasserstein.ts";
import { temporalLoss, warp } from "../losses/temporal.ts";
import type { Taps } from "../networks/perceptual.ts";
import { drawMotion } from "./motion.ts";
import type { Random } from "./random.ts";

/** Directions onto which patches are projected; each step has others. */
const directionCount = 32;
/** Places of a tap that are told apart (Park et al. 2020, section 4). */
const placeCount = 256;
/** How far pictures move, in pixels: twice the stride of G. */
const furthestMotion = 8;

/** What a step's losses are computed from. */
interface Batch {
  /** Content x, [batch, side, side, 3]. */
  readonly x: tf.Tensor4D;
  readonly contentTaps: Taps;
  /** As many drawings, [batch, side, side, 3]. */
  readonly drawn: tf.Tensor4D;
}

/** What G makes of it, under the gradient. */
interface Painted {
  /** G(x) */
  readonly y: tf.Tensor4D;
  readonly taps: Taps;
  /** G */
  paint(x: tf.Tensor4D): tf.Tensor4D;
}

type Term = (painted: Painted) => tf.Scalar;

const terms: Record<ExtraLoss, (batch: Batch, random: Random) => Term> = {
  colour:
    ({ x }) =>
    ({ y }) =>
      colourLoss(y, x),
  // A picture and the same one moved stand for two frames (Wang et al. 2020): no video is needed.
  motion({ x }, random) {
    const [previous] = tf.split<tf.Tensor4D>(x, x.shape[0]);
    const { flow, visible } = drawMotion(x.shape[1], furthestMotion, random);
    const frame = warp(previous!, flow);
    return ({ y, paint }) =>
      temporalLoss(
        paint(frame),
        tf.split<tf.Tensor4D>(y, y.shape[0])[0]!,
        flow,
        visible,
      );
  },
  patches({ drawn }, random) {
    const directions = drawDirections(directionCount, random);
    return ({ y }) => slicedWassersteinLoss(y, drawn, directions);
  },
  places({ contentTaps }, random) {
    const content = contentTaps.slice(2);
    const places = drawPlaces(content, placeCount, random);
    return ({ taps }) => patchNceLoss(taps.slice(2), content, places);
  },
};

/**
 * The losses that a run is given beside those of its recipe, for one step. What is random about them is drawn here,
 * outside the gradient.
 * @param weights of those that count; the others are not computed
 * @returns their weighted terms by name
 */
export function drawExtraLosses(
  weights: Readonly<Partial<Record<ExtraLoss, number>>>,
  batch: Batch,
  random: Random,
): (painted: Painted) => Record<string, tf.Scalar> {
  const drawn = (Object.keys(terms) as ExtraLoss[])
    .map((name) => ({ name, weight: weights[name] ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .map((loss) => ({ ...loss, term: terms[loss.name](batch, random) }));
  return (painted) =>
    Object.fromEntries(
      drawn.map(({ name, weight, term }) => [
        name,
        tf.mul<tf.Scalar>(term(painted), weight),
      ]),
    );
}
