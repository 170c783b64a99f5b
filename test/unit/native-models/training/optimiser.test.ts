import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import { Adam } from "../../../../native-models/training/adam.ts";
import {
  restoreCheckpoint,
  writeCheckpoint,
} from "../../../../native-models/training/checkpoint.ts";
import { MovingAverage } from "../../../../native-models/training/moving-average.ts";
import { Parameters } from "../../../../native-models/training/parameters.ts";
import {
  cosine,
  holdThenFall,
} from "../../../../native-models/training/schedule.ts";

/** Made by test/reference/training.py with PyTorch. */
const { adam: expected } = JSON.parse(
  readFileSync(
    new URL("../../../fixtures/training.json", import.meta.url),
    "utf8",
  ),
) as {
  adam: {
    start: { data: number[] };
    target: { data: number[] };
    steps: number[][];
  };
};

beforeAll(async () => {
  await startRuntime();
});

/** The fixture's seven numbers as two parameters of different shapes. */
function parametersOf(values: readonly number[]): Parameters {
  const a = tf.tensor2d(values.slice(0, 4), [2, 2]);
  const b = tf.tensor1d(values.slice(4));
  const parameters = new Parameters([
    ["a", a],
    ["b", b],
  ]);
  tf.dispose([a, b]);
  return parameters;
}

function loss(parameters: Parameters): tf.Scalar {
  const target = tf.tensor1d(expected.target.data);
  return tf.sum(tf.square(tf.sub(parameters.flat(), target))) as tf.Scalar;
}

test("Adam with clipping takes PyTorch's steps", () => {
  const parameters = parametersOf(expected.start.data);
  const adam = new Adam(parameters, {
    beta1: 0.5,
    beta2: 0.99,
    epsilon: 1e-3,
    clip: 1,
  });
  for (const values of expected.steps) {
    tf.tidy(() => {
      const { gradient } = parameters.gradient(() => loss(parameters));
      adam.update(gradient, 0.05);
      const now = parameters.flat().dataSync();
      for (const [i, value] of values.entries()) {
        expect(now[i]).toBeCloseTo(value, 5);
      }
    });
  }
  adam.dispose();
  parameters.dispose();
});

test("a parameter whose rate is 0 stays, and one that the loss ignores too", () => {
  const parameters = parametersOf(expected.start.data);
  const adam = new Adam(parameters, {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    clip: 5,
    rateOf: (name) => (name === "a" ? 0 : 1),
  });
  tf.tidy(() => {
    const { gradient } = parameters.gradient(() => loss(parameters));
    adam.update(gradient, 0.1);
    const before = tf.tensor1d(expected.start.data);
    const moved = Array.from(
      tf.abs(tf.sub(parameters.flat(), before)).dataSync(),
    );
    expect(moved.slice(0, 4)).toEqual([0, 0, 0, 0]);
    // The first step of Adam is as long as the rate.
    for (const distance of moved.slice(4)) expect(distance).toBeCloseTo(0.1, 4);
    const onlyA = parameters.gradient(
      () => tf.sum(parameters.variable("a")) as tf.Scalar,
    );
    expect(onlyA.gradient.arraySync()).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });
  adam.dispose();
  parameters.dispose();
});

test("a gradient that ran over changes nothing, and the next one counts as if it had not been", () => {
  const settings = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, clip: 5 };
  const after = (gradients: number[][]) => {
    const parameters = parametersOf(expected.start.data);
    const adam = new Adam(parameters, settings);
    const norms = gradients.map((gradient) =>
      tf.tidy(() => adam.update(tf.tensor1d(gradient), 0.1)),
    );
    const values = tf.tidy(() => Array.from(parameters.flat().dataSync()));
    adam.dispose();
    parameters.dispose();
    return { norms, values };
  };
  const usual = [3, 0, 0, 4, 0, 0, 0];
  const over = [1e30, 1e30, 0, 0, 0, 0, 0];
  const none = [Number.NaN, 0, 0, 0, 0, 0, 0];
  const { norms, values } = after([usual, over, none, usual]);
  expect(norms[0]).toBeCloseTo(5, 5);
  expect(Number.isFinite(norms[1])).toBe(false);
  expect(Number.isFinite(norms[2])).toBe(false);
  expect(values).toEqual(after([usual, usual]).values);
});

test("the moving average follows the parameters, quickly at first", () => {
  const parameters = parametersOf([0, 0, 0, 0, 0, 0, 0]);
  const average = new MovingAverage(parameters, 0.9);
  tf.tidy(() => parameters.assign(tf.ones([7])));
  average.update(parameters, 0);
  expect(average.value.dataSync()[0]).toBeCloseTo(0.9, 6);
  average.update(parameters, 1000);
  expect(average.value.dataSync()[6]).toBeCloseTo(0.91, 6);
  average.dispose();
  parameters.dispose();
});

test("learning rates rise, hold and fall", () => {
  expect(cosine(0, 100, 9)).toBeCloseTo(0.1);
  expect(cosine(9, 100, 9)).toBe(1);
  expect(cosine(100, 100, 9)).toBeCloseTo(0);
  expect(holdThenFall(4, 100, 9)).toBeCloseTo(0.5);
  expect(holdThenFall(60, 100, 9)).toBe(1);
  expect(holdThenFall(80, 100, 9)).toBeCloseTo(0.51);
  expect(holdThenFall(100, 100, 9)).toBeCloseTo(0.02);
  expect(holdThenFall(500, Number.POSITIVE_INFINITY, 9)).toBe(1);
});

test("a checkpoint counts the updates, not the steps", async () => {
  const settings = { beta1: 0.5, beta2: 0.99, epsilon: 1e-8, clip: 5 };
  const start = () => {
    const parameters = parametersOf(expected.start.data);
    const adam = new Adam(parameters, settings);
    return { parameters, adam, average: new MovingAverage(parameters, 0.9) };
  };
  const update = (adam: Adam, gradient: number[]) =>
    tf.tidy(() => adam.update(tf.tensor1d(gradient), 0.1));
  const usual = [3, 0, 0, 4, 0, 0, 0];
  const [first, second] = [start(), start()];
  update(first.adam, usual);
  update(first.adam, [Number.NaN, 0, 0, 0, 0, 0, 0]);
  const bytes = await writeCheckpoint(
    { style: first },
    {
      run: "test",
      step: 2,
      steps: 3,
      random: [1, 2, 3, 4],
      elapsed: 0,
      rate: 1,
      judged: null,
    },
  );
  restoreCheckpoint(bytes, "test", { style: second });
  const values = [first, second].map(({ adam, parameters }) => {
    update(adam, usual);
    return tf.tidy(() => Array.from(parameters.flat().dataSync()));
  });
  expect(values[1]).toEqual(values[0]);
  for (const { parameters, adam, average } of [first, second]) {
    adam.dispose();
    average.dispose();
    parameters.dispose();
  }
});
