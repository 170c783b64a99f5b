import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBackends } from "./start-backends.ts";

const backends = await startBackends();

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

/** Compares losses with the independent values and gradients and with finite differences, on every backend. */
export function checkNumerics(cases: readonly NumericsCase[]): void {
  const everywhere = backends.flatMap((backend) =>
    cases.map((numerics) => ({ ...numerics, backend })),
  );
  describe.each(everywhere)("$name on $backend", (numerics) => {
    const { backend, expected, loss, distance = 1e-3 } = numerics;
    const apply = (...inputs: tf.Tensor[]) =>
      loss(...(inputs as tf.Tensor4D[]));
    beforeAll(async () => {
      await tf.setBackend(backend);
    });
    afterAll(async () => {
      await tf.setBackend(backends[0]!);
    });

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
  });
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
