import * as tf from "@tensorflow/tfjs-core";

/** How the light of photographs becomes that of drawings: lightness times gain plus offset. */
export type ToneCurve = { readonly gain: number; readonly offset: number };

/** Side of the squares over which lightness is averaged, in pixels: larger than strokes, smaller than things. */
const square = 16;

/** Luma (ITU-R BT.601), averaged over squares of 16 x 16 pixels: [batch, h/16, w/16, 1]. */
function coarseLightness(x: tf.Tensor4D): tf.Tensor4D {
  const luma = tf.tensor4d([0.299, 0.587, 0.114], [1, 1, 3, 1]);
  return tf.conv2d(tf.avgPool(x, square, square, "valid"), luma, 1, "valid");
}

/** The straight curve that gives photographs' coarse lightness the mean and deviation of drawings'. */
export function toneCurve(
  photos: tf.Tensor4D,
  drawings: tf.Tensor4D,
): ToneCurve {
  const measure = (x: tf.Tensor4D) => {
    const { mean, variance } = tf.moments(coarseLightness(x));
    return [mean.dataSync()[0]!, Math.sqrt(variance.dataSync()[0]!)] as const;
  };
  return tf.tidy((): ToneCurve => {
    const [photoMean, photoDeviation] = measure(photos);
    const [mean, deviation] = measure(drawings);
    // A picture of one tone has no deviation to stretch, and a steep curve would only clip.
    const gain = Math.min(2, deviation / Math.max(0.05, photoDeviation));
    return { gain, offset: mean - gain * photoMean };
  });
}

/**
 * Tone loss: light places are to stay light and dark ones dark, though in the drawings' own range. Style losses look at
 * a whole crop at once and are content with any even area in black or in white; this holds each in place.
 * Mean absolute difference of coarse lightness from the content's under the curve, kept within 0..1.
 * @param result the generator's picture, [batch, h, w, 3], h and w at least 16
 * @param content the picture that it was made from
 */
export function toneLoss(
  result: tf.Tensor4D,
  content: tf.Tensor4D,
  { gain, offset }: ToneCurve,
): tf.Scalar {
  const target = tf.clipByValue(
    tf.add(tf.mul(coarseLightness(content), gain), offset),
    0,
    1,
  );
  return tf.mean(tf.abs(tf.sub(coarseLightness(result), target))) as tf.Scalar;
}
