import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";

/** RGB of 8 bits to [1, h, w, 3] in 0..1. */
export function tensorFrom({
  width,
  height,
  channels,
  samples,
}: Raster): tf.Tensor4D {
  if (channels !== 3 || !(samples instanceof Uint8Array)) {
    throw new TypeError("Training pictures are RGB with 8 bits a channel.");
  }
  const values = Float32Array.from(samples, (sample) => sample / 255);
  return tf.tensor4d(values, [1, height, width, 3]);
}

/** [1, h, w, 3] in 0..1 to RGB of 8 bits. */
export async function rasterFrom(
  picture: tf.Tensor4D,
): Promise<Raster<Uint8Array<ArrayBuffer>>> {
  const [, height, width] = picture.shape;
  const values = await picture.data();
  const samples = Uint8Array.from(values, (value) =>
    Math.round(255 * Math.min(1, Math.max(0, value))),
  );
  return { width, height, channels: 3, samples };
}

/** Whether a picture shows nothing: one even colour, or no numbers. */
export function isBlank(picture: tf.Tensor4D): boolean {
  const deviation = tf.tidy(
    () => tf.sqrt(tf.moments(picture).variance).dataSync()[0]!,
  );
  return !(deviation > 0.01);
}
