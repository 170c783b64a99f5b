import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  type Augmentation,
  augment,
  drawAugmentations,
} from "../../../../native-models/training/diff-augment.ts";
import { Random } from "../../../../native-models/training/random.ts";
import {
  checkNumerics,
  type Expected,
  expectNear,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/diff-augment.py. */
const fixture = numericsFixture<{
  transforms: Augmentation[];
  probe: Stored;
  result: Stored;
  expected: Expected;
}>("diff-augment");

checkNumerics([
  {
    name: "a weighted sum of augmented pictures",
    expected: fixture.expected,
    loss: (x) =>
      tf.sum(tf.mul(augment(x, fixture.transforms), load(fixture.probe))),
  },
]);

test("each picture is transformed as the definition says", () => {
  const result = tf.tidy(() =>
    augment(load(fixture.expected.inputs[0]!), fixture.transforms).dataSync(),
  );
  expectNear(result, fixture.result.data, 1e-5);
});

test("transforms reach the paper's ranges and no further", () => {
  const drawn = drawAugmentations(4000, 32, 48, Random.seeded(7));
  const range = (value: (transform: Augmentation) => number) => {
    const values = drawn.map(value);
    return [Math.min(...values), Math.max(...values)];
  };
  const whole = {
    down: [-4, 4],
    right: [-6, 6],
    top: [-8, 24],
    left: [-8, 40],
  };
  for (const [name, expected] of Object.entries(whole)) {
    expect(range((t) => t[name as keyof typeof whole])).toEqual(expected);
  }
  const shares = {
    brightness: [-0.25, 0.25],
    saturation: [0, 2],
    contrast: [0.5, 1.5],
  } as const;
  for (const [name, [low, high]] of Object.entries(shares)) {
    const [least, most] = range((t) => t[name as keyof typeof shares]);
    expect(least).toBeGreaterThanOrEqual(low);
    expect(least).toBeLessThan(low + 0.01);
    expect(most).toBeLessThanOrEqual(high);
    expect(most).toBeGreaterThan(high - 0.01);
  }
  expect(range(({ hole }) => hole)).toEqual([16, 16]);
});

test("the same seed draws the same transforms", () => {
  const draw = (seed: number) =>
    drawAugmentations(3, 64, 64, Random.seeded(seed));
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5)).not.toEqual(draw(6));
});

test("a batch without a transform for each picture is refused", () => {
  const x = tf.zeros([2, 16, 16, 3]) as tf.Tensor4D;
  expect(() => augment(x, fixture.transforms)).toThrow("2 pictures, 3");
  x.dispose();
});
