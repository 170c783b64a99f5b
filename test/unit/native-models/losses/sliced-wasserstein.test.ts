import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  drawDirections,
  slicedWassersteinLoss,
} from "../../../../native-models/losses/sliced-wasserstein.ts";
import { Random } from "../../../../native-models/training/random.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/sliced-wasserstein.py; pictures are stored as 8-bit samples. */
const fixture = numericsFixture<{
  target: Stored;
  directions: Stored;
  expected: Expected;
}>("sliced-wasserstein");

const inUnits = ({ shape, data }: Stored): Stored => ({
  shape,
  data: data.map((sample) => sample / 255),
});

checkNumerics([
  {
    name: "two pictures at three sizes",
    expected: {
      ...fixture.expected,
      inputs: fixture.expected.inputs.map(inUnits),
    },
    loss: (result) =>
      slicedWassersteinLoss(
        result,
        load(inUnits(fixture.target)),
        load(fixture.directions),
      ),
  },
]);

test("directions have length 1 and follow from the seed", () => {
  tf.tidy(() => {
    const draw = (seed: number) => drawDirections(5, Random.seeded(seed));
    const lengths = tf.sum(tf.square(draw(1)), [0, 1, 2]).dataSync();
    for (const length of lengths) expect(length).toBeCloseTo(1, 5);
    expect(draw(1).dataSync()).toEqual(draw(1).dataSync());
    expect(draw(1).dataSync()).not.toEqual(draw(2).dataSync());
  });
});

test("the order of pictures does not matter, what is in them does", () => {
  tf.tidy(() => {
    const directions = drawDirections(8, Random.seeded(1));
    const x = load(inUnits(fixture.expected.inputs[0]!));
    const loss = (y: tf.Tensor4D) =>
      slicedWassersteinLoss(x, y, directions).dataSync()[0]!;
    expect(loss(x)).toBe(0);
    expect(loss(tf.reverse(x, 0))).toBeCloseTo(0, 8);
    expect(loss(tf.reverse(x, 2))).toBeGreaterThan(1e-5);
  });
});
