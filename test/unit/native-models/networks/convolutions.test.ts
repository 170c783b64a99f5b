import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { reflectPad } from "../../../../native-models/networks/reflect-pad.ts";
import { runConvolution } from "../../../../native-models/networks/run-convolution.ts";
import { upsamplingConvolution } from "../../../../native-models/networks/upsampling-convolution.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";

await startRuntime();

type Shape = [number, number, number, number];
type Convolution = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor4D;

const random = (shape: Shape, seed: number) =>
  tf.randomNormal<tf.Rank.R4>(shape, 0, 1, "float32", seed);

/** Value and both gradients agree with those of the plain way. */
function expectSame(own: Convolution, plain: Convolution, x: Shape, f: Shape) {
  const inputs = [random(x, 1), random(f, 2)];
  const [ownParts, plainParts] = [own, plain].map((convolution) => {
    const value = (a: tf.Tensor, b: tf.Tensor) =>
      convolution(a as tf.Tensor4D, b as tf.Tensor4D);
    const y = value(inputs[0]!, inputs[1]!);
    const dy = random(y.shape as Shape, 3);
    return [y, ...tf.grads(value)(inputs, dy)];
  }) as [tf.Tensor[], tf.Tensor[]];
  for (const [index, tensor] of ownParts.entries()) {
    const wanted = plainParts[index]!;
    expect(tensor.shape).toEqual(wanted.shape);
    const difference = tf.max(tf.abs(tf.sub(tensor, wanted))).dataSync()[0]!;
    const largest = tf.max(tf.abs(wanted)).dataSync()[0]!;
    expect(largest).toBeGreaterThan(1);
    expect(difference).toBeLessThan(1e-5 * largest);
  }
}

describe("the quick forms of convolutions are the plain ones, with their gradients", () => {
  test.each<[Shape]>([[[1, 2, 2, 3]], [[2, 3, 5, 4]], [[1, 8, 9, 6]]])(
    "nearest x2, reflected edge and 3x3 on %j",
    (shape) => {
      expectSame(
        upsamplingConvolution,
        (x, filter) => {
          const [, height, width] = x.shape;
          const doubled = tf.image.resizeNearestNeighbor(x, [
            2 * height,
            2 * width,
          ]);
          return tf.conv2d(reflectPad(doubled, 1), filter, 1, "valid");
        },
        shape,
        [3, 3, shape[3], 5],
      );
    },
  );

  test.each<[Shape]>([[[1, 8, 8, 4]], [[2, 9, 16, 16]]])(
    "5x5 to three channels on %j",
    (shape) => {
      expectSame(
        runConvolution,
        (x, filter) => tf.conv2d(x, filter, 1, "valid"),
        shape,
        [5, 5, shape[3], 3],
      );
    },
  );
});
