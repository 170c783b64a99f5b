import * as tf from "@tensorflow/tfjs-core";

/**
 * Maps with every channel less its mean and divided by its deviation, so that only where something is counts and not how
 * much of it, and all divided so that the sum of squares is 1.
 * @param maps [1, h, w, channels]; even channels are left out
 */
export async function standardised(maps: tf.Tensor4D): Promise<Float32Array> {
  const flat = tf.tidy(() => {
    const { mean, variance } = tf.moments(maps, [1, 2], true);
    const z = tf.div(tf.sub(maps, mean), tf.sqrt(tf.add(variance, 1e-8)));
    const alive = tf.where(tf.greater(variance, 1e-7), z, tf.zerosLike(z));
    return tf.div(
      alive,
      tf.sqrt(tf.add(tf.sum(tf.square(alive)), 1e-12)),
    ) as tf.Tensor4D;
  });
  const values = (await flat.data()) as Float32Array;
  flat.dispose();
  return values;
}
