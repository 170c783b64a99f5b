import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";

/** Grey of an RGB picture as in ITU-R BT.709, on the encoded samples: [1, h, w, 1] in 0..1. */
export function lumaFrom({ width, height, samples }: Raster): tf.Tensor4D {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const at = 3 * i;
    values[i] =
      (0.2125 * samples[at]! +
        0.7154 * samples[at + 1]! +
        0.0721 * samples[at + 2]!) /
      255;
  }
  return tf.tensor4d(values, [1, height, width, 1]);
}

/**
 * Weighted mean around each place by a Gaussian, where the window of 2·`half` + 1 lies within the picture.
 * @param x [1, h, w, 1]
 */
export function gaussianMean(
  x: tf.Tensor4D,
  deviation: number,
  half: number,
): tf.Tensor4D {
  return tf.tidy(() => {
    const weights = Array.from({ length: 2 * half + 1 }, (_, i) =>
      Math.exp(-((i - half) ** 2) / (2 * deviation ** 2)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const row = weights.map((weight) => weight / total);
    const across = tf.tensor4d(row, [1, row.length, 1, 1]);
    const down = tf.tensor4d(row, [row.length, 1, 1, 1]);
    return tf.conv2d(tf.conv2d(x, across, 1, "valid"), down, 1, "valid");
  });
}
