import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import {
  networkInput,
  squeezeNetTaps,
} from "../../../../scripts/evaluate/squeezenet.ts";
import { readNpz } from "../../../../scripts/read-npz.ts";
import { waves } from "./formula-pictures.ts";

const weights = fileURLToPath(
  new URL(
    "../../../../../shared/data/networks/squeezenet-v1.0-deepcompression.npz",
    import.meta.url,
  ),
);
const there = existsSync(weights);
if (!there) console.log(`SqueezeNet is not tested: there is no ${weights}.`);

interface Tap {
  shape: number[];
  mean: number;
  deviation: number;
  some: number[];
}

/** Made by test/reference/evaluation.py with PyTorch. */
const fixture: { squeezenet: Record<string, Tap> } = JSON.parse(
  readFileSync(
    new URL("../../../fixtures/evaluation.json", import.meta.url),
    "utf8",
  ),
);

beforeAll(async () => {
  await startRuntime();
});

test.skipIf(!there)("sees what PyTorch sees with the same weights", () => {
  const taps = squeezeNetTaps(readNpz(readFileSync(weights)));
  const found = tf.tidy(() => taps(networkInput(waves)));
  for (const [name, wanted] of Object.entries(fixture.squeezenet)) {
    const tap = found[name]!;
    expect(tap.shape).toEqual(wanted.shape);
    const values = tap.dataSync() as Float32Array;
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance =
      values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    expect(mean / wanted.mean).toBeCloseTo(1, 4);
    expect(Math.sqrt(variance) / wanted.deviation).toBeCloseTo(1, 4);
    const every = Math.max(1, Math.floor(values.length / 24));
    wanted.some.forEach((value, i) => {
      expect(Math.abs(values[i * every]! - value)).toBeLessThan(
        1e-3 * wanted.deviation,
      );
    });
  }
  tf.dispose(found);
});
