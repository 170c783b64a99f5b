import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { generate } from "../../native-models/networks/generator.ts";
import {
  createGenerator,
  disposeGenerator,
} from "../../native-models/networks/generator-weights.ts";
import {
  disposePerceptual,
  perceptualFrom,
  perceptualTaps,
  storePerceptual,
} from "../../native-models/networks/perceptual.ts";
import {
  encodeStyle,
  neutralVector,
  type StyleEncoder,
  styleStatistics,
} from "../../native-models/networks/style-encoder.ts";
import { startRuntime } from "../../native-models/runtime/start-runtime.ts";
import { calibrate } from "../../native-models/training/calibrate.ts";
import {
  randomStudent,
  studentFrom,
} from "../../native-models/training/distillation.ts";
import { Random } from "../../native-models/training/random.ts";

beforeAll(() => startRuntime());

test("a calibrated generator paints as before, and without normalisation nearly what its mean style gives", async () => {
  const student = randomStudent(Random.seeded(4));
  const p = perceptualFrom({
    tensors: new Map(await storePerceptual(studentFrom(student.variables))),
    metadata: {},
  });
  student.dispose();
  const g = createGenerator(6);
  // S gives every picture the neutral vector: zeros in its last layer.
  const s: StyleEncoder = {
    layers: [
      [480, 512],
      [512, 256],
      [256, 1840],
    ].map(([inputs, outputs]) => ({
      weight: tf.zeros([inputs!, outputs!]),
      bias: tf.zeros([outputs!]),
    })),
    mu: tf.zeros([480]),
    sd: tf.ones([480]),
  };
  const neutral = neutralVector();
  // One picture: its own statistics are those that are calibrated with.
  const x = tf.randomUniform<tf.Rank.R4>([1, 32, 32, 3], 0, 1, "float32", 9);
  const calibrated = calibrate(g, s, p, x);
  const distance = (a: tf.Tensor, b: tf.Tensor) =>
    tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!);
  const styled = generate(g, x, neutral);
  const [same, plain, plainBefore] = tf.tidy(() => [
    generate(calibrated, x, neutral),
    generate(calibrated, x, neutral, 0),
    generate(g, x, neutral, 0),
  ]) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  const vectors = tf.tidy(() =>
    encodeStyle(s, styleStatistics(perceptualTaps(p, x))),
  );
  expect(distance(vectors, neutral)).toBe(0);
  expect(distance(same, styled)).toBeLessThan(1e-4);
  expect(distance(plain, styled)).toBeLessThan(1e-3);
  expect(distance(plainBefore, styled)).toBeGreaterThan(0.05);
  tf.dispose([styled, same, plain, plainBefore, vectors, x, neutral]);
  tf.dispose([
    s.mu,
    s.sd,
    s.layers.flatMap(({ weight, bias }) => [weight, bias]),
  ]);
  disposeGenerator(g);
  disposeGenerator(calibrated);
  disposePerceptual(p);
});
