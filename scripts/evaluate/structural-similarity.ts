import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { gaussianMean, lumaFrom } from "./luma.ts";

const deviation = 1.5;
const half = 5;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/**
 * Mean structural similarity of two pictures in grey (Wang et al. 2004): windows of 11x11 weighted by a Gaussian of
 * deviation 1.5, only those that lie within the picture.
 * @returns −1..1, 1 for the same picture
 */
export function structuralSimilarity(a: Raster, b: Raster): number {
  const smooth = (x: tf.Tensor4D) => gaussianMean(x, deviation, half);
  return tf.tidy(() => {
    const [x, y] = [lumaFrom(a), lumaFrom(b)];
    const [mx, my] = [smooth(x), smooth(y)];
    const covariance = (
      p: tf.Tensor4D,
      q: tf.Tensor4D,
      mp: tf.Tensor4D,
      mq: tf.Tensor4D,
    ) => tf.sub<tf.Tensor4D>(smooth(tf.mul(p, q)), tf.mul(mp, mq));
    const xy = covariance(x, y, mx, my);
    const squares = tf.add(covariance(x, x, mx, mx), covariance(y, y, my, my));
    const numerator = tf.mul(
      tf.add(tf.mul(2, tf.mul(mx, my)), c1),
      tf.add(tf.mul(2, xy), c2),
    );
    const denominator = tf.mul(
      tf.add(tf.add(tf.square(mx), tf.square(my)), c1),
      tf.add(squares, c2),
    );
    return tf.mean(tf.div(numerator, denominator)).dataSync()[0]!;
  });
}
