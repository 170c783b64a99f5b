import * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "./run-kernel.ts";

/**
 * Gradients in place of TensorFlow.js's own, which are right but take many passes over the pixels: that of ReLU six on
 * native TensorFlow, those of sums and means one over ones that JavaScript writes down first.
 */
const gradients: readonly tf.GradConfig[] = [
  {
    kernelName: "Relu",
    // The result: unlike the input, the next layer keeps it anyway.
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () =>
        runKernel("ReluGrad", { dy: dy as tf.Tensor, y: y! }) ??
        tf.mul(dy as tf.Tensor, tf.step(y!)),
    }),
  },
  {
    kernelName: "Abs",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({
      x: () => tf.mul(dy as tf.Tensor, tf.sign(x!)),
    }),
  },
  {
    kernelName: "Sum",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x: () => spread(dy as tf.Tensor, x!.shape, attributes),
    }),
  },
  {
    kernelName: "Mean",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const each = tf.div(dy as tf.Tensor, x!.size / (dy as tf.Tensor).size);
        return spread(each, x!.shape, attributes);
      },
    }),
  },
];

/** Puts them into TensorFlow.js's registry. Loading a backend may put TensorFlow.js's own there: call it after that. */
export function registerGradients(): void {
  for (const gradient of gradients) tf.registerGradient(gradient);
}

/** What a sum over `axis` gave, handed back to every summand. */
function spread(
  dy: tf.Tensor,
  shape: number[],
  { axis }: tf.NamedAttrMap,
): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis as number | number[], shape);
  const kept = shape.map((side, index) => (axes.includes(index) ? 1 : side));
  return tf.broadcastTo(tf.reshape(dy, kept), shape);
}
