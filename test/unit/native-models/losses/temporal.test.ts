import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  temporalLoss,
  warp,
} from "../../../../native-models/losses/temporal.ts";
import {
  checkNumerics,
  type Expected,
  expectNear,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/temporal.py with PyTorch's grid_sample. */
const fixture = numericsFixture<{
  flow: Stored;
  visible: Stored;
  warped: Stored;
  expected: Expected;
}>("temporal");

checkNumerics([
  {
    name: "two frames, some of it hidden, some of it from beyond the edges",
    expected: fixture.expected,
    loss: (result, previous) =>
      temporalLoss(
        result!,
        previous!,
        load(fixture.flow),
        load(fixture.visible),
      ),
  },
]);

test("a frame is warped as PyTorch warps it", () => {
  const warped = tf.tidy(() =>
    warp(load(fixture.expected.inputs[1]!), load(fixture.flow)).dataSync(),
  );
  expectNear(warped, fixture.warped.data, 1e-5);
});

test("what moved as the flow says costs nothing, and what is hidden does not count", () => {
  tf.tidy(() => {
    const previous = tf.reshape(tf.range(0, 24), [1, 2, 4, 3]) as tf.Tensor4D;
    // Everything moves one pixel to the left; the last column comes into view.
    const result = tf.concat(
      [
        tf.slice(previous, [0, 0, 1, 0], [1, 2, 3, 3]),
        tf.fill([1, 2, 1, 3], 99),
      ],
      2,
    ) as tf.Tensor4D;
    const flow = tf.mul(
      tf.ones([1, 2, 4, 2]),
      tf.tensor1d([1, 0]),
    ) as tf.Tensor4D;
    const seen = tf.tensor4d([1, 1, 1, 0, 1, 1, 1, 0], [1, 2, 4, 1]);
    const loss = (visible: tf.Tensor4D) =>
      temporalLoss(result, previous, flow, visible).dataSync()[0];
    expect(loss(seen)).toBe(0);
    expect(loss(tf.onesLike(seen))).toBeGreaterThan(100);
    expect(loss(tf.zerosLike(seen))).toBe(0);
  });
});
