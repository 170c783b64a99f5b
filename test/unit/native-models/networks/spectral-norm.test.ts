import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  powerIteration,
  spectrallyNormalised,
  startingVector,
} from "../../../../native-models/networks/spectral-norm.ts";
import { Random } from "../../../../native-models/training/random.ts";
import {
  checkNumerics,
  type Expected,
  expectNear,
  load,
  numericsFixture,
  type Stored,
} from "../check-numerics.ts";
import { startBackends } from "../start-backends.ts";

/** Made by test/reference/numerics/spectral-norm.py with PyTorch's own spectral normalisation. */
const fixture = numericsFixture<{
  probe: Stored;
  steps: (Expected & {
    normalised: Stored;
    before: number[];
    after: number[];
  })[];
  largestSingularValue: number;
}>("spectral-norm");

checkNumerics(
  fixture.steps.map(({ after, ...expected }, index) => ({
    name: `step ${index + 1}`,
    expected,
    loss: (filter) =>
      tf.sum(
        tf.mul(
          spectrallyNormalised(filter, tf.tensor1d(after)),
          load(fixture.probe),
        ),
      ),
  })),
);

test.each(await startBackends())(
  "the iterations and normalised filters are PyTorch's on %s",
  async (backend) => {
    const before = tf.getBackend();
    await tf.setBackend(backend);
    for (const step of fixture.steps) {
      tf.tidy(() => {
        const filter = load(step.inputs[0]!);
        const u = powerIteration(filter, tf.tensor1d(step.before));
        expectNear(u.dataSync(), step.after, 1e-5);
        const normalised = spectrallyNormalised(filter, u).dataSync();
        expectNear(normalised, step.normalised.data, 1e-5);
      });
    }
    await tf.setBackend(before);
  },
);

test("iterations lead to the largest singular value, whatever the start", () => {
  const count = tf.memory().numTensors;
  const filter = load(fixture.steps[0]!.inputs[0]!);
  let u = startingVector(filter.shape[3], Random.seeded(1));
  for (let i = 0; i < 60; i++) {
    const next = powerIteration(filter, u);
    u.dispose();
    u = next;
  }
  const share = tf.tidy(() => {
    const normalised = spectrallyNormalised(filter, u);
    return tf.div(tf.norm(filter), tf.norm(normalised)).dataSync()[0]!;
  });
  expect(share).toBeCloseTo(fixture.largestSingularValue, 5);
  tf.dispose([filter, u]);
  expect(tf.memory().numTensors).toBe(count);
});

test("a filter of zeros stays one, with finite gradients", () => {
  tf.tidy(() => {
    const u = startingVector(5, Random.seeded(1));
    const filter = tf.zeros([3, 3, 2, 5]) as tf.Tensor4D;
    const gradient = tf.grad((w) =>
      tf.sum(spectrallyNormalised(w as tf.Tensor4D, u)),
    )(filter);
    const next = powerIteration(filter, u);
    expect(next.dataSync().every(Number.isFinite)).toBe(true);
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    expect(tf.max(spectrallyNormalised(filter, u)).dataSync()[0]).toBe(0);
  });
});

test("u gets no gradient though it is a variable", () => {
  tf.tidy(() => {
    const filter = tf.variable(load(fixture.steps[0]!.inputs[0]!));
    const u = tf.variable(tf.tensor1d(fixture.steps[0]!.after));
    const { grads } = tf.variableGrads(
      () => tf.sum(spectrallyNormalised(filter, u)),
      [filter, u],
    );
    expect(Object.keys(grads)).toEqual([filter.name]);
    tf.dispose([filter, u]);
  });
});
