import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  cartoonganDiscriminator,
  cycleganDiscriminator,
  type Discriminator,
  discriminate,
  discriminatorTensors,
  followSingularVectors,
} from "../../../../native-models/networks/discriminator.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import { Parameters } from "../../../../native-models/training/parameters.ts";
import { Random } from "../../../../native-models/training/random.ts";

beforeAll(async () => {
  await startRuntime();
});

function parametersOf(layers: Discriminator, seed = 1): Parameters {
  const tensors = discriminatorTensors(layers, Random.seeded(seed));
  const parameters = new Parameters(tensors);
  tf.dispose(tensors.map(([, tensor]) => tensor));
  return parameters;
}

function logits(layers: Discriminator, parameters: Parameters, x: tf.Tensor4D) {
  return discriminate(layers, (name) => parameters.variable(name), x);
}

/** Personal styles' kind: no normalisation of what comes out, filters divided by their largest singular value. */
const spectral: Discriminator = [
  [4, 2, 6],
  [4, 2, 8],
  [3, 1, 1],
].map(([size, stride, outputs]) => ({
  size: size as 3 | 4,
  stride: stride as 1 | 2,
  outputs: outputs!,
  normalisation: "spectral",
  activation: outputs === 1 ? "none" : "leaky",
}));

describe("the published discriminators", () => {
  test("have the papers' numbers of parameters", () => {
    const cyclegan = parametersOf(cycleganDiscriminator());
    expect(cyclegan.size).toBe(2_764_737);
    cyclegan.dispose();
    const cartoongan = parametersOf(cartoonganDiscriminator());
    expect(cartoongan.size).toBe(1_128_385);
    cartoongan.dispose();
  });

  test("start from N(0, 0.02) and biases of 0", () => {
    const parameters = parametersOf(cycleganDiscriminator(16));
    tf.tidy(() => {
      const filter = parameters.variable("model.5.weight");
      const { mean, variance } = tf.moments(filter);
      expect(filter.shape).toEqual([4, 4, 32, 64]);
      expect(Math.abs(mean.dataSync()[0]!)).toBeLessThan(1e-3);
      expect(Math.sqrt(variance.dataSync()[0]!)).toBeCloseTo(0.02, 3);
      const bias = parameters.variable("model.5.bias");
      expect(tf.max(tf.abs(bias)).dataSync()[0]).toBe(0);
    });
    parameters.dispose();
  });

  test("CycleGAN's logits see 70x70 pixels each", () => {
    const layers: Discriminator = cycleganDiscriminator(2).map((layer) => ({
      ...layer,
      // Normalisation would let each see the whole picture.
      normalisation: "none",
    }));
    const parameters = parametersOf(layers);
    tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R4>(
        [1, 128, 128, 3],
        0,
        1,
        "float32",
        3,
      );
      const y = logits(layers, parameters, x);
      expect(y.shape).toEqual([1, 14, 14, 1]);
      const slope = tf.grad((x) =>
        tf.slice(
          logits(layers, parameters, x as tf.Tensor4D),
          [0, 7, 7, 0],
          [1, 1, 1, 1],
        ),
      )(x);
      const seen = tf.greater(tf.max(tf.abs(slope), [0, 3]), 0);
      const rows = tf.sum(tf.cast(tf.any(seen, 1), "int32")).dataSync()[0];
      const columns = tf.sum(tf.cast(tf.any(seen, 0), "int32")).dataSync()[0];
      expect([rows, columns]).toEqual([70, 70]);
    });
    parameters.dispose();
  });

  test("CartoonGAN's halves the picture twice", () => {
    const layers = cartoonganDiscriminator(4);
    const parameters = parametersOf(layers);
    tf.tidy(() => {
      const y = logits(layers, parameters, tf.ones([2, 32, 48, 3]));
      expect(y.shape).toEqual([2, 8, 12, 1]);
    });
    parameters.dispose();
  });
});

describe("a discriminator with normalised filters", () => {
  test("does not feel how long they are", () => {
    const parameters = parametersOf(spectral);
    tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R4>([1, 16, 16, 3], 0, 1, "float32", 4);
      const before = logits(spectral, parameters, x);
      const filter = parameters.variable("model.2.weight");
      filter.assign(tf.mul(filter, 7));
      const apart = tf.max(
        tf.abs(tf.sub(before, logits(spectral, parameters, x))),
      );
      expect(apart.dataSync()[0]).toBeLessThan(1e-6);
      expect(tf.max(tf.abs(before)).dataSync()[0]).toBeGreaterThan(1e-3);
    });
    parameters.dispose();
  });

  test("has no gradient for its singular vectors, and follows them", () => {
    const parameters = parametersOf(spectral);
    tf.tidy(() => {
      const x = tf.ones<tf.Rank.R4>([1, 16, 16, 3]);
      const { gradient } = parameters.gradient(
        () => tf.sum(logits(spectral, parameters, x)) as tf.Scalar,
      );
      const slopes = parameters.split(gradient);
      const most = (name: string) =>
        tf.max(tf.abs(slopes.get(name)!)).dataSync()[0]!;
      expect(most("model.0.u")).toBe(0);
      expect(most("model.0.weight")).toBeGreaterThan(0);
      // A filter whose first output is all that counts has that output as its singular vector.
      const filter = parameters.variable("model.0.weight");
      const first = tf.oneHot(tf.zeros([4 * 4 * 3], "int32"), 6);
      filter.assign(
        tf.add(
          tf.mul(filter, 1e-3),
          tf.reshape(tf.cast(first, "float32"), filter.shape),
        ),
      );
      followSingularVectors(spectral, parameters);
      followSingularVectors(spectral, parameters);
      const u = parameters.variable("model.0.u").dataSync();
      expect(Math.abs(u[0]!)).toBeCloseTo(1, 3);
    });
    parameters.dispose();
  });
});
