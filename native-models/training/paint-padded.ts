import * as tf from "@tensorflow/tfjs-core";
import { paddedSide } from "../networks/generator.ts";
import { padToSize } from "../networks/pad-to-size.ts";
import { paint } from "../networks/paint.ts";
import type { PictureLayer } from "../networks/picture-layer.ts";

/**
 * Runs a published generator on a picture of any size: sides that are no multiples of four are mirrored up to one.
 * @param x [batch, h, w, 3] in 0..1
 * @returns [batch, h, w, 3] in 0..1
 */
export function paintPadded(
  layers: readonly PictureLayer[],
  tensor: (name: string) => tf.Tensor,
  x: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [batch, height, width] = x.shape;
    const padded = padToSize(x, paddedSide(height), paddedSide(width));
    const y = paint(layers, tensor, tf.sub(tf.mul(padded, 2), 1));
    const whole = tf.mul<tf.Tensor4D>(tf.add(y, 1), 0.5);
    return tf.slice(whole, [0, 0, 0, 0], [batch, height, width, 3]);
  });
}
