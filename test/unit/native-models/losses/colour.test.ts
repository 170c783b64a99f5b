import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { colourLoss } from "../../../../native-models/losses/colour.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/colour.py. */
const fixture = numericsFixture<{
  content: Stored;
  near: Expected;
  far: Expected;
}>("colour");

checkNumerics([
  {
    name: "colours that are nearly right",
    expected: fixture.near,
    loss: (result) => colourLoss(result, load(fixture.content)),
    // Lightness differs by hundredths: larger steps would pass over its kinks.
    distance: 1e-4,
  },
  {
    name: "colours that are far off",
    expected: fixture.far,
    loss: (result) => colourLoss(result, load(fixture.content)),
  },
]);

test("lightness counts in full, a shift of hue at the same lightness by Huber's line", () => {
  const even = (r: number, g: number, b: number) =>
    tf.mul(tf.ones([1, 2, 2, 3]), tf.tensor1d([r, g, b])) as tf.Tensor4D;
  const loss = (a: tf.Tensor4D, b: tf.Tensor4D) =>
    tf.tidy(() => colourLoss(a, b).dataSync()[0]!);
  tf.tidy(() => {
    expect(loss(even(0.5, 0.5, 0.5), even(0.7, 0.7, 0.7))).toBeCloseTo(0.2, 5);
    // Red up and green down so that Y stays: ΔU = 0, ΔV = 0.877 · 0.2.
    const hue = even(0.7, 0.5 - (0.2 * 0.299) / 0.587, 0.5);
    expect(loss(even(0.5, 0.5, 0.5), hue)).toBeCloseTo(0.8773 * 0.2 - 0.025, 3);
  });
});
