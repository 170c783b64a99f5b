import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import {
  monotony,
  signalToNoise,
} from "../../../../scripts/evaluate/base-properties.ts";
import { classical } from "../../../../scripts/evaluate/classical.ts";
import { transferColours } from "../../../../scripts/evaluate/colour-transfer.ts";
import { edgeAgreement } from "../../../../scripts/evaluate/edges.ts";
import { contentDistance } from "../../../../scripts/evaluate/evaluator.ts";
import { labFrom } from "../../../../scripts/evaluate/lab.ts";
import { memorisation } from "../../../../scripts/evaluate/memorisation.ts";
import { nearestDistances } from "../../../../scripts/evaluate/patches.ts";
import { quantiles } from "../../../../scripts/evaluate/quantiles.ts";
import {
  patchQuantiles,
  slicedWasserstein,
} from "../../../../scripts/evaluate/sliced-wasserstein.ts";
import { structuralSimilarity } from "../../../../scripts/evaluate/structural-similarity.ts";
import { draw, tiles, waves } from "./formula-pictures.ts";

/** Made by test/reference/evaluation.py with NumPy, SciPy and scikit-image. */
const fixture: {
  lab: number[];
  classical: { waves: number[]; tiles: number[] };
  similarity: number;
  edges: number;
  slicedWasserstein: number;
  signalToNoise: number;
  quantiles: number[];
} = JSON.parse(
  readFileSync(
    new URL("../../../fixtures/evaluation.json", import.meta.url),
    "utf8",
  ),
);

const white = draw(() => 255);
const rings = draw((x, y) => 127 + 120 * Math.sin(Math.hypot(x - 40, y - 30)));

beforeAll(async () => {
  await startRuntime();
});

/** The largest difference of two lists of numbers. */
function deviation(
  values: ArrayLike<number>,
  wanted: readonly number[],
): number {
  expect(values.length).toBe(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(values[i]! - value)));
}

describe("agrees with an independent implementation", () => {
  test("CIELAB with scikit-image", () => {
    const lab = tf.tidy(() =>
      tf
        .stridedSlice(
          labFrom(waves),
          [0, 0, 0, 0],
          [1, 72, 96, 3],
          [1, 17, 19, 1],
        )
        .dataSync(),
    );
    expect(deviation(lab, fixture.lab)).toBeLessThan(1e-4);
  });

  test("the classical evaluator's numbers with SciPy", async () => {
    for (const [picture, wanted] of [
      [waves, fixture.classical.waves],
      [tiles, fixture.classical.tiles],
    ] as const) {
      const { style } = await classical.look(picture);
      expect(deviation(style, wanted)).toBeLessThan(2e-3);
    }
  });

  test("structural similarity with scikit-image", () => {
    expect(structuralSimilarity(waves, tiles)).toBeCloseTo(
      fixture.similarity,
      5,
    );
  });

  test("edges with SciPy", async () => {
    expect(await edgeAgreement(waves, tiles)).toBeCloseTo(fixture.edges, 2);
  });

  test("sliced Wasserstein with NumPy", async () => {
    const [a, b] = [await patchQuantiles(waves), await patchQuantiles(tiles)];
    expect(slicedWasserstein(a, b)).toBeCloseTo(fixture.slicedWasserstein, 2);
  });

  test("quantiles and signal to noise with NumPy", () => {
    const values = Float32Array.of(3, 1, 4, 1, 5, 9, 2, 6);
    expect(deviation(quantiles(values, 5), fixture.quantiles)).toBeLessThan(
      1e-5,
    );
    expect(signalToNoise(waves, tiles)).toBeCloseTo(fixture.signalToNoise, 6);
  });

  test("nearest patches with a search through all", async () => {
    const from = tf.randomUniform<tf.Rank.R2>([7, 12], 0, 1, "float32", 3);
    const to = tf.randomUniform<tf.Rank.R2>([11, 12], 0, 1, "float32", 4);
    const [a, b] = [await from.array(), await to.array()];
    const wanted = a.map((row) =>
      Math.min(
        ...b.map((other) =>
          Math.sqrt(
            row.reduce((sum, v, i) => sum + (v - other[i]!) ** 2, 0) / 12,
          ),
        ),
      ),
    );
    expect(deviation(await nearestDistances(from, to), wanted)).toBeLessThan(
      1e-5,
    );
    tf.dispose([from, to]);
  });
});

describe("has its ends where they belong", () => {
  test("a picture is no distance from itself and some from another", async () => {
    const tensors = tf.memory().numTensors;
    const [a, b] = [await classical.look(waves), await classical.look(rings)];
    expect(classical.styleDistance(a.style, a.style)).toBe(0);
    expect(classical.styleDistance(a.style, b.style)).toBeGreaterThan(0.5);
    expect(contentDistance(a.content, a.content)).toBeCloseTo(0, 5);
    expect(contentDistance(a.content, b.content)).toBeGreaterThan(0.5);
    expect(structuralSimilarity(waves, waves)).toBeCloseTo(1, 5);
    expect(await edgeAgreement(rings, rings)).toBe(1);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test("an even picture has numbers and no edges", async () => {
    const look = await classical.look(white);
    expect(look.style.every(Number.isFinite)).toBe(true);
    expect(look.content.every((value) => value === 0)).toBe(true);
    expect(await edgeAgreement(white, white)).toBe(1);
    expect(await edgeAgreement(white, rings)).toBe(0);
  });

  test("content outlives another palette, style does not", async () => {
    const faded = draw(
      (x, y, c) => 255 - 0.3 * waves.samples[(y * 96 + x) * 3 + c]!,
    );
    const [a, b] = [await classical.look(waves), await classical.look(faded)];
    expect(contentDistance(a.content, b.content)).toBeLessThan(0.15);
    expect(classical.styleDistance(a.style, b.style)).toBeGreaterThan(0.1);
  });

  test("transferred colours have the drawings' mean and covariance", () => {
    const soft = draw(
      (x, y, c) => 110 + 20 * Math.sin(x / 5 + c) + 10 * Math.cos(y / (3 + c)),
    );
    const moments = momentsOf(transferColours(waves, [soft]).samples);
    const wanted = momentsOf(soft.samples);
    expect(deviation(moments.mean, wanted.mean)).toBeLessThan(0.2);
    expect(deviation(moments.covariance, wanted.covariance)).toBeLessThan(2);
  });

  test("a copied drawing is found, another is not", async () => {
    const drawn = [waves, rings];
    expect(await memorisation([waves], drawn, [tiles])).toBeLessThan(0.01);
    expect(await memorisation([tiles], drawn, [tiles])).toBeCloseTo(1, 5);
    expect(await memorisation([white], drawn, [tiles])).toBeNull();
  });

  test("a path with a step back is told from one without", () => {
    const { share, distances } = monotony([
      [1, 0.8, 0.6, 0.4, 0.2],
      [1, 0.8, 0.9, 0.4, 0.2],
    ]);
    expect(share).toBe(0.5);
    expect(distances[2]).toBeCloseTo(0.75, 10);
  });
});

function momentsOf(samples: Uint8Array): {
  mean: number[];
  covariance: number[];
} {
  const count = samples.length / 3;
  const mean = [0, 0, 0];
  samples.forEach((v, i) => {
    mean[i % 3]! += v / count;
  });
  const covariance = new Array<number>(9).fill(0);
  for (let i = 0; i < samples.length; i += 3) {
    for (let k = 0; k < 9; k++) {
      const [a, b] = [Math.floor(k / 3), k % 3];
      covariance[k]! +=
        ((samples[i + a]! - mean[a]!) * (samples[i + b]! - mean[b]!)) / count;
    }
  }
  return { mean, covariance };
}
