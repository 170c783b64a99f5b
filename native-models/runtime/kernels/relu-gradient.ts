import * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "./run-kernel.ts";

/**
 * Replaces TensorFlow.js's gradient of `tf.relu`, which on native TensorFlow takes six passes over the pixels, by one
 * that takes one, and that keeps the result, which the next layer keeps anyway, instead of the input.
 */
export function registerReluGradient(): void {
  tf.registerGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () =>
        runKernel("ReluGrad", { dy: dy as tf.Tensor, y: y! }) ??
        tf.mul(dy as tf.Tensor, tf.step(y!)),
    }),
  });
}
