import * as tf from "@tensorflow/tfjs-core";
import { conditionalInstanceNorm } from "./conditional-instance-norm.ts";

/**
 * Instance normalisation (Ulyanov et al. 2016): γ·(x − μ)/√(σ² + ε) + β with each picture's own mean and variance.
 * @param x [batch, h, w, channels]
 * @param affine γ and β, [channels]; 1 and 0 where null
 */
export function instanceNorm(
  x: tf.Tensor4D,
  affine: readonly [scale: tf.Tensor, shift: tf.Tensor] | null = null,
): tf.Tensor4D {
  const shape: [number, number, number, number] = [1, 1, 1, x.shape[3]];
  const [scale, shift] = affine ?? [tf.ones(shape), tf.zeros(shape)];
  return conditionalInstanceNorm(
    x,
    tf.reshape(scale, shape),
    tf.reshape(shift, shape),
  );
}
