import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  type ToneCurve,
  toneCurve,
  toneLoss,
} from "../../../../native-models/losses/tone.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/tone.py. */
const fixture = numericsFixture<{
  content: Stored;
  curve: ToneCurve;
  expected: Expected;
}>("tone");

checkNumerics([
  {
    name: "under a curve that clips",
    expected: fixture.expected,
    loss: (result) => toneLoss(result, load(fixture.content), fixture.curve),
  },
]);

test("the tone curve gives photographs the drawings' lightness", () => {
  const curve = tf.tidy(() => {
    const photos = tf.randomUniform([2, 64, 64, 1], 0, 1, "float32", 1);
    const blocks = tf.image.resizeNearestNeighbor(
      photos as tf.Tensor4D,
      [1024, 1024],
    );
    const x = tf.tile(blocks, [1, 1, 1, 3]);
    return toneCurve(x, tf.add(tf.mul(x, 0.5), 0.4));
  });
  expect(curve.gain).toBeCloseTo(0.5, 3);
  expect(curve.offset).toBeCloseTo(0.4, 3);
});
