import * as tf from "@tensorflow/tfjs-core";

/**
 * CartoonGAN's content loss (Chen, Lai and Liu 2018, eq. 5): ‖φ(G(p)) − φ(p)‖₁ as a mean. The absolute value, where
 * others square, lets regions change altogether, as flat shading and clear edges ask.
 * @param result φ of G's picture: P's relu4_1 in place of VGG-19's conv4_4, [batch, h, w, channels]
 * @param photo φ of the photograph, of the same shape
 */
export function semanticContentLoss(
  result: tf.Tensor4D,
  photo: tf.Tensor4D,
): tf.Scalar {
  return tf.mean(tf.abs(tf.sub(result, photo))) as tf.Scalar;
}
