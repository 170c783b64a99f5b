import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkerboardLoss } from "../../../../native-models/losses/checkerboard.ts";
import {
  checkNumerics,
  type Expected,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";

/** Made by test/reference/numerics/checkerboard.py. */
const fixture = numericsFixture<{ content: Stored; expected: Expected }>(
  "checkerboard",
);

checkNumerics([
  {
    name: "a weave against faint noise",
    expected: fixture.expected,
    loss: (result) => checkerboardLoss(result, load(fixture.content)),
  },
]);

test("a screen in step with the pixel grid counts by its height, edges and hatching much less", () => {
  const side = 64;
  const drawn = (value: (x: number, y: number) => number) =>
    tf.tensor4d(
      Float32Array.from({ length: side * side }, (_, i) =>
        value(i % side, Math.floor(i / side)),
      ),
      [1, side, side, 1],
    );
  const even = drawn(() => 0.5);
  const loss = (value: (x: number, y: number) => number) =>
    tf.tidy(() => checkerboardLoss(drawn(value), even).dataSync()[0]!);
  for (const cell of [1, 2, 4]) {
    const odd = (x: number) => Math.floor(x / cell) % 2;
    const screen = (x: number, y: number) => (odd(x) === odd(y) ? 0.55 : 0.45);
    expect(loss(screen)).toBeCloseTo(0.05, 4);
  }
  // A weave: lines every four pixels.
  expect(loss((x) => (x % 4 < 2 ? 0.55 : 0.45))).toBeCloseTo(0.05, 4);
  expect(loss((_, y) => (y % 2 < 1 ? 0.55 : 0.45))).toBeCloseTo(0.05, 4);
  // What keeps step in this way would count 0.35 and 0.5.
  expect(loss((x) => (x < 30 ? 0.2 : 0.9))).toBeLessThan(0.004);
  expect(loss((x) => (x % 5 < 2 ? 0 : 1))).toBeLessThan(0.021);
  expect(loss((x, y) => ((x + y) % 11 < 4 ? 0 : 1))).toBeLessThan(0.02);
  even.dispose();
});
