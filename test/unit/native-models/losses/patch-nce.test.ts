import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  drawPlaces,
  patchNceLoss,
} from "../../../../native-models/losses/patch-nce.ts";
import { Random } from "../../../../native-models/training/random.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/patch-nce.py. */
const fixture = numericsFixture<{
  places: number[][];
  content: Stored[];
  expected: Expected;
}>("patch-nce");

checkNumerics([
  {
    name: "two maps",
    expected: fixture.expected,
    loss: (...result) =>
      patchNceLoss(result, fixture.content.map(load), fixture.places),
  },
]);

test("places are drawn once each, all of them where there are few, and the same for the same seed", () => {
  tf.tidy(() => {
    const maps = [
      tf.zeros([2, 9, 8, 1]),
      tf.zeros([2, 3, 4, 1]),
    ] as tf.Tensor4D[];
    const draw = (seed: number) => drawPlaces(maps, 20, Random.seeded(seed));
    const [large, small] = draw(3) as [number[], number[]];
    expect(new Set(large).size).toBe(20);
    expect(Math.min(...large)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...large)).toBeLessThan(72);
    expect(small.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i),
    );
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });
});

test("features that show nothing have a finite loss and gradient", () => {
  tf.tidy(() => {
    const empty = tf.zeros([1, 2, 2, 3]) as tf.Tensor4D;
    const { value, grad } = tf.valueAndGrad((x) =>
      patchNceLoss([x as tf.Tensor4D], [empty], [[0, 1, 2]]),
    )(empty);
    expect(value.dataSync()[0]).toBeCloseTo(Math.log(3), 5);
    expect(grad.dataSync().every(Number.isFinite)).toBe(true);
  });
});
