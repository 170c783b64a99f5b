import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../../../../common/raster.ts";
import { generatorStyle } from "../../../../native-models/inference/generator-style.ts";
import { weightsFor } from "../../../../native-models/inference/pixel-weights.ts";
import type { StyleNetwork } from "../../../../native-models/inference/style-network.ts";
import {
  type StylizeOptions,
  stylize,
} from "../../../../native-models/inference/stylize.ts";
import { pixelMoments } from "../../../../native-models/networks/conditional-instance-norm.ts";
import {
  convolve,
  type Generator,
  generatorLayers,
  splitVector,
  vectorLength,
} from "../../../../native-models/networks/generator.ts";
import { createGenerator } from "../../../../native-models/networks/generator-weights.ts";
import { load, numericsFixture, type Stored } from "../check-numerics.ts";
import { startBackends } from "../start-backends.ts";

const backends = await startBackends();
const g: Generator = createGenerator(1);
const vector = tf.randomNormal<tf.Rank.R1>(
  [vectorLength],
  1,
  0.3,
  "float32",
  2,
);

/** Made by test/reference/numerics/masked-norm.py. */
const reference = numericsFixture<{
  x: Stored;
  inside: Stored;
  mean: number[];
  variance: number[];
}>("masked-norm");

describe.each(backends)("moments of a part of the picture on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend(backends[0]!);
  });

  test("are the reference's", () => {
    const [mean, variance] = tf.tidy(() => {
      const x = load(reference.x);
      const moments = pixelMoments(x, weightsFor(x, load(reference.inside)));
      return [moments.mean.dataSync(), moments.variance.dataSync()];
    });
    reference.mean.forEach((wanted, channel) => {
      expect(mean![channel]).toBeCloseTo(wanted, 5);
      expect(variance![channel]).toBeCloseTo(reference.variance[channel]!, 5);
    });
  });
});

const usual: StylizeOptions = {
  brushSize: 1,
  memoryBudget: 2 ** 26,
  signal: new AbortController().signal,
  onProgress: () => {},
};

/** Waves on the left, dots on the right, in 0..1. */
function drawn(width: number, height: number): Raster<Float32Array> {
  const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    if (x > width / 2) return (x * 7 + y * 13) % 5 === 0 ? 0.9 : 0.1 + y / 999;
    return 0.5 + 0.3 * Math.sin(x * 0.11 + y * 0.07 + (i % 3) * 2);
  });
  return { width, height, channels: 3, samples };
}

/** White where `isInside`, black elsewhere. */
function mask(
  width: number,
  height: number,
  isInside: (x: number, y: number) => boolean,
): Raster<Uint8Array> {
  const samples = Uint8Array.from({ length: width * height }, (_, i) =>
    isInside(i % width, Math.floor(i / width)) ? 255 : 0,
  );
  return { width, height, channels: 1, samples };
}

/** G with the statistics of the pixels inside, each layer's counted one by one. The mask's edges lie on multiples of 4. */
function byDefinition(
  picture: Raster<Float32Array>,
  isInside: (x: number, y: number) => boolean,
): Float32Array {
  const { width, height, samples } = picture;
  return tf.tidy(() => {
    const parameters = splitVector(vector);
    let h = tf.sub<tf.Tensor4D>(
      tf.mul(tf.tensor4d(samples, [1, height, width, 3]), 2),
      1,
    );
    let block = h;
    for (const [index, layer] of generatorLayers.entries()) {
      const y = convolve(g, index, h);
      if (index === generatorLayers.length - 1)
        return tf.sigmoid(tf.add(y, g.biases[index]!)).dataSync();
      const [, rows, columns, channels] = y.shape;
      const step = height / rows;
      const values = y.dataSync();
      const factors: number[] = [];
      const offsets: number[] = [];
      const [scale, shift] = parameters[index]!.map((t) => t.dataSync());
      for (let c = 0; c < channels; c++) {
        const own: number[] = [];
        for (let row = 0; row < rows; row++)
          for (let column = 0; column < columns; column++)
            if (isInside(column * step, row * step))
              own.push(values[(row * columns + column) * channels + c]!);
        const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
        const variance =
          own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length;
        factors.push(scale![c]! / Math.sqrt(variance + 1e-5));
        offsets.push(shift![c]! - mean * factors[c]!);
      }
      const normalised = tf.add<tf.Tensor4D>(tf.mul(y, factors), offsets);
      if (generatorLayers[index + 1]?.endsBlock) block = h;
      h = layer.endsBlock
        ? tf.add(block, normalised)
        : tf.relu<tf.Tensor4D>(normalised);
    }
    throw new Error("G has a last layer.");
  }) as unknown as Float32Array;
}

const left = (x: number) => x < 40;

function styled(
  picture: Raster,
  options: Partial<StylizeOptions> = {},
  network: StyleNetwork = generatorStyle(g, vector),
) {
  return stylize(picture, network, { ...usual, ...options });
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)),
    0,
  );
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return (
    Array.from(a).reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length
  );
}

describe("a style that takes its statistics from inside a mask", {
  timeout: 60_000,
}, () => {
  test("is G normalised by the pixels inside", async () => {
    const picture = drawn(96, 64);
    const { samples } = await styled(picture, { inside: mask(96, 64, left) });
    const wanted = byDefinition(picture, left);
    expect(largestDifference(samples, wanted)).toBeLessThan(1e-3);
    const whole = await styled(picture);
    expect(largestDifference(samples, whole.samples)).toBeGreaterThan(0.1);
  });

  test("does not mind the mask's size, nor a mask that lets all or nothing count", async () => {
    const picture = drawn(96, 64);
    const small = await styled(picture, { inside: mask(96, 64, left) });
    const large = await styled(picture, {
      inside: mask(384, 256, (x) => left(x / 4)),
    });
    const whole = await styled(picture);
    // The mask's edge is resampled, and so a little softer.
    expect(meanDifference(large.samples, small.samples)).toBeLessThan(
      0.2 * meanDifference(whole.samples, small.samples),
    );
    const all = await styled(picture, { inside: mask(96, 64, () => true) });
    expect(largestDifference(all.samples, whole.samples)).toBeLessThan(1e-3);
    const none = await styled(picture, { inside: mask(96, 64, () => false) });
    expect(none.samples).toEqual(whole.samples);
  });

  test("gives tiles that are the whole", async () => {
    const picture = drawn(640, 420);
    const inside = mask(96, 64, left);
    const whole = await styled(picture, { inside, memoryBudget: 2 ** 30 });
    const tiled = await styled(picture, { inside, memoryBudget: 2 ** 24 });
    expect(largestDifference(tiled.samples, whole.samples)).toBeLessThan(1e-4);
    const free = await styled(picture, { memoryBudget: 2 ** 30 });
    expect(largestDifference(free.samples, whole.samples)).toBeGreaterThan(0.1);
  });

  test("leaves no tensors", async () => {
    const network = generatorStyle(g, vector);
    const before = tf.memory().numTensors;
    for (const inside of [
      mask(96, 64, left),
      mask(96, 64, () => false),
      undefined,
    ])
      await styled(drawn(96, 64), { inside }, network);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("gives way to other work between layers", async () => {
    let turns = 0;
    await styled(drawn(96, 64), {
      giveWay: async () => {
        turns++;
      },
    });
    expect(turns).toBeGreaterThanOrEqual(generatorLayers.length);
  });
});
