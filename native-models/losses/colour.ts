import * as tf from "@tensorflow/tfjs-core";

/** What red, green and blue contribute to lightness Y (ITU-R BT.601). */
const [red, green, blue] = [0.299, 0.587, 0.114];
/** U and V are what blue and red have beyond Y, scaled to ±0.436 and ±0.615. */
const u = 0.436 / (1 - blue);
const v = 0.615 / (1 - red);
/** Columns Y, U and V, for rows R, G and B. */
const yuv = [
  [red, -red * u, (1 - red) * v],
  [green, -green * u, -green * v],
  [blue, (1 - blue) * u, -blue * v],
];

/** Where Huber's function turns from a parabola into a line: a difference in U or V that is just seen side by side. */
const delta = 0.05;

/**
 * Colour loss (Chen, Liu and Chen 2020, AnimeGAN, eq. 5): lightness is to be exact, while small differences of hue are
 * forgiven: mean |ΔY| + mean h(ΔU) + mean h(ΔV) with Huber's function h, here divided by δ so that its line is as steep
 * as |ΔY|: h(d) = d² / 2δ up to δ and |d| − δ/2 beyond.
 * @param result the generator's picture, [batch, h, w, 3], RGB in 0..1
 * @param content the picture that it was made from
 */
export function colourLoss(
  result: tf.Tensor4D,
  content: tf.Tensor4D,
): tf.Scalar {
  const difference = tf.sub<tf.Tensor4D>(result, content);
  // YUV is linear in RGB: the difference's YUV is the YUV's difference.
  const channels = tf.matMul(tf.reshape(difference, [-1, 3]), tf.tensor2d(yuv));
  const [y, ...chroma] = tf.split(tf.abs(channels), 3, 1);
  return tf.addN([tf.mean(y!), ...chroma.map(huber)]) as tf.Scalar;
}

/** @param size |d| */
function huber(size: tf.Tensor): tf.Tensor {
  const curved = tf.minimum(size, delta);
  const line = tf.sub(size, curved);
  return tf.mean(tf.add(tf.div(tf.square(curved), 2 * delta), line));
}
