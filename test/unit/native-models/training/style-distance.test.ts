import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Style } from "../../../../native-models/losses/gram-style.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import { styleDistance } from "../../../../native-models/training/style-distance.ts";

beforeAll(async () => {
  await startRuntime();
});

/** Only moments count. */
function style(...taps: number[][]): Style {
  return taps.map((moments) => ({
    gram: tf.zeros<tf.Rank.R3>([1, 1, 1]),
    moments: tf.tensor2d([moments]),
  }));
}

function distance(a: Style, b: Style): number {
  return tf.tidy(() => styleDistance(a, b).dataSync()[0]!);
}

test("styles are as far apart as their moments, whatever their scale", () => {
  const a = style([3, 4], [0, 2]);
  // ‖(3, 4) − (0, 4)‖ / √(5 · 4) and ‖(0, 2) − (0, 8)‖ / √(2 · 8).
  const b = style([0, 4], [0, 8]);
  expect(distance(a, b)).toBeCloseTo((3 / Math.sqrt(20) + 6 / 4) / 2, 6);
  expect(distance(b, a)).toBeCloseTo(distance(a, b), 6);
  const tenfold = [style([30, 40], [0, 20]), style([0, 40], [0, 80])] as const;
  expect(distance(...tenfold)).toBeCloseTo(distance(a, b), 6);
  expect(distance(a, a)).toBe(0);
  expect(distance(style([0, 0]), style([0, 0]))).toBe(0);
});
