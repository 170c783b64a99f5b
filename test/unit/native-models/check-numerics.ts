import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";
import { loadWasm } from "../../../native-models/runtime/wasm.ts";

export interface Stored {
  shape: [number, number, number, number];
  data: number[];
}

/** What test/reference/numerics/stored.py writes: a loss, independently computed, with its gradient for each input. */
export interface Expected {
  inputs: Stored[];
  value: number;
  gradients: number[][];
}

export interface NumericsCase {
  name: string;
  expected: Expected;
  /** A loss of the inputs, which are of the stored shapes. */
  loss: (...inputs: tf.Tensor4D[]) => tf.Scalar;
  /** How far finite differences go to each side; small where the loss has many kinks. */
  distance?: number;
}

/** @param name of a file in test/fixtures/numerics */
export function numericsFixture<T>(name: string): T {
  const url = new URL(`../../fixtures/numerics/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}

export function load({ data, shape }: Stored): tf.Tensor4D {
  return tf.tensor4d(data, shape);
}

/** Compares losses with the independent values and gradients, with finite differences, and on WebAssembly. */
export function checkNumerics(cases: readonly NumericsCase[]): void {
  beforeAll(async () => {
    await startRuntime();
  });

  describe.each(cases)("$name", ({ expected, loss, distance = 1e-3 }) => {
    const apply = (...inputs: tf.Tensor[]) =>
      loss(...(inputs as tf.Tensor4D[]));

    test("has the reference's value and gradients", () => {
      const [value, ...gradients] = tf.tidy(() => {
        const inputs = expected.inputs.map(load);
        const { value, grads } = tf.valueAndGrads(apply)(inputs);
        return [value, ...grads].map((t) => t.dataSync());
      });
      expect(value).toHaveLength(1);
      expectNear(value!, [expected.value], 1e-5);
      expect(gradients).toHaveLength(expected.gradients.length);
      for (const [i, gradient] of expected.gradients.entries()) {
        expectNear(gradients[i]!, gradient, 1e-4);
      }
    });

    test("has the gradient that finite differences show", () => {
      const slope = tf.tidy(() => {
        const points = expected.inputs.map(load);
        const ways = points.map((x, i) =>
          tf.randomNormal(x.shape, 0, 1, "float32", i + 1),
        );
        const at = (far: number) =>
          apply(
            ...points.map((x, i) => tf.add(x, tf.mul(ways[i]!, far))),
          ).dataSync()[0]!;
        const along = tf
          .grads(apply)(points)
          .map((gradient, i) => tf.sum(tf.mul(gradient, ways[i]!)));
        return {
          analytic: tf.addN(along).dataSync()[0]!,
          measured: (at(distance) - at(-distance)) / (2 * distance),
        };
      });
      const scale = Math.max(1e-2, Math.abs(slope.analytic));
      expect(Math.abs(slope.measured - slope.analytic) / scale).toBeLessThan(
        0.02,
      );
    });

    test("has the same value on WebAssembly", async () => {
      const value = await onWasm(() =>
        apply(...expected.inputs.map(load)).dataSync(),
      );
      expectNear(value, [expected.value], 1e-5);
    });
  });
}

/** Runs `compute` on the WebAssembly backend; what it allocates is disposed. */
async function onWasm<T extends Float32Array | Int32Array | Uint8Array>(
  compute: () => T,
): Promise<T> {
  const before = tf.getBackend();
  await loadWasm();
  expect(await tf.setBackend("wasm")).toBe(true);
  try {
    return tf.tidy(compute);
  } finally {
    await tf.setBackend(before);
  }
}

/** Equal to within `tolerance` of the largest of the expected values. */
export function expectNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual.length).toBe(expected.length);
  let scale = 1e-6;
  let furthest = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]!));
    furthest = Math.max(furthest, Math.abs(actual[i]! - expected[i]!));
  }
  expect(furthest / scale).toBeLessThan(tolerance);
}
