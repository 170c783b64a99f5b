import * as tf from "@tensorflow/tfjs-core";
import type { Style } from "../losses/gram-style.ts";

/**
 * How far two styles are apart: over the taps, the mean of ‖m − n‖ / √(‖m‖·‖n‖) of their means and deviations. Unlike the
 * style loss, which squares, it counts the taps alike and goes on falling when the Gram matrices are as good as equal.
 * @param a styles of one row, such as the mean over a batch
 * @returns 0 for the same style
 */
export function styleDistance(a: Style, b: Style): tf.Scalar {
  const distances = a.map(({ moments: m }, tap) => {
    const n = b[tap]!.moments;
    const scale = tf.sqrt(tf.mul(tf.norm(m), tf.norm(n)));
    return tf.div(tf.norm(tf.sub(m, n)), tf.add(scale, 1e-8));
  });
  return tf.div(tf.addN(distances), distances.length);
}
