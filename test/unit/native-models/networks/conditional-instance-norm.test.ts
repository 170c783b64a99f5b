import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { conditionalInstanceNorm } from "../../../../native-models/networks/conditional-instance-norm.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";

await startRuntime();

const random = (shape: [number, number, number, number], seed: number) =>
  tf.randomNormal<tf.Rank.R4>(shape, 0.4, 1, "float32", seed);

/** The definition, in operations that TensorFlow.js differentiates itself. */
function byDefinition(x: tf.Tensor4D, scale: tf.Tensor4D, shift: tf.Tensor4D) {
  const { mean, variance } = tf.moments(x, [1, 2], true);
  const normalised = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)));
  return tf.add<tf.Tensor4D>(tf.mul(normalised, scale), shift);
}

describe("conditional instance normalisation", () => {
  test.each([1, 3])(
    "and its gradients are those of its definition (%i styles for 3 pictures)",
    (styles) => {
      const inputs = [
        random([3, 6, 5, 4], 1),
        random([styles, 1, 1, 4], 2),
        random([styles, 1, 1, 4], 3),
      ];
      const weight = random([3, 6, 5, 4], 4);
      const both = [conditionalInstanceNorm, byDefinition].map((norm) => {
        const value = (...[x, scale, shift]: tf.Tensor[]) =>
          norm(x as tf.Tensor4D, scale as tf.Tensor4D, shift as tf.Tensor4D);
        const gradients = tf.grads((...parts: tf.Tensor[]) =>
          tf.sum(tf.mul(value(...parts), weight)),
        )(inputs);
        return [value(...inputs), ...gradients];
      });
      const [own, wanted] = both as [tf.Tensor[], tf.Tensor[]];
      for (const [index, tensor] of own.entries()) {
        expect(tensor.shape).toEqual(wanted[index]!.shape);
        const difference = tf.max(tf.abs(tf.sub(tensor, wanted[index]!)));
        expect(difference.dataSync()[0]).toBeLessThan(1e-4);
        expect(tf.max(tf.abs(tensor)).dataSync()[0]).toBeGreaterThan(0.1);
      }
    },
  );

  test("gives each channel of each picture mean β and deviation γ", () => {
    const y = conditionalInstanceNorm(
      random([2, 16, 16, 3], 1),
      tf.fill([1, 1, 1, 3], 2),
      tf.fill([1, 1, 1, 3], -1),
    );
    const { mean, variance } = tf.moments(y, [1, 2]);
    for (const value of mean.dataSync()) expect(value).toBeCloseTo(-1, 4);
    for (const value of variance.dataSync()) expect(value).toBeCloseTo(4, 3);
  });

  test("keeps an even picture finite", () => {
    const y = conditionalInstanceNorm(
      tf.fill([1, 4, 4, 2], 0.5),
      tf.ones([1, 1, 1, 2]),
      tf.zeros([1, 1, 1, 2]),
    );
    expect(Math.max(...y.dataSync().map(Math.abs))).toBeLessThan(1e-2);
  });
});
