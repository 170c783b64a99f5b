import * as tf from "@tensorflow/tfjs-core";

/** Runs a kernel of the current backend; null where the backend has none of that name. */
export function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attrs: tf.NamedAttrMap = {},
): tf.Tensor | null {
  return tf.getKernel(name, tf.getBackend()) === undefined
    ? null
    : tf.engine().runKernel(name, inputs, attrs);
}
