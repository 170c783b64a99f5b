import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Raster } from "../../../common/raster.ts";
import { encodePictures } from "../../../native-models/encode-pictures.ts";
import { vectorLength } from "../../../native-models/networks/generator.ts";
import { styleVectorFrom } from "../../../native-models/networks/generator-weights.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";
import {
  readSafetensors,
  writeSafetensors,
} from "../../../native-models/weights/safetensors.ts";

const weightsOf = (name: string) =>
  new Uint8Array(
    readFileSync(
      new URL(
        `../../../resources/models/${name}/weights.safetensors`,
        import.meta.url,
      ),
    ),
  );
const perceptual = weightsOf("perceptual");
const base = weightsOf("base");

beforeAll(async () => {
  await startRuntime();
});

/** Stripes of some width and colour. */
function stripes(width: number, colour: readonly number[]): Raster {
  const side = 200;
  const samples = Uint8Array.from({ length: side * side * 3 }, (_, i) =>
    Math.floor((Math.floor(i / 3) % side) / width) % 2 ? colour[i % 3]! : 235,
  );
  return { width: side, height: side, channels: 3, samples };
}

const fine = stripes(3, [20, 20, 20]);
const broad = stripes(20, [200, 60, 30]);

async function vectorOf(...pictures: Raster[]): Promise<Float32Array> {
  const file = await encodePictures({ pictures, perceptual, base } as never);
  return styleVectorFrom(readSafetensors(file));
}

const distance = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0));

test("one pass gives a style's vector, the same one every time, and leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  const vector = await vectorOf(fine);
  expect(vector).toHaveLength(vectorLength);
  expect(await vectorOf(fine)).toEqual(vector);
  expect(tf.memory().numTensors).toBe(before);
});

test("several pictures give the mean of their styles", async () => {
  const [a, b, both] = [
    await vectorOf(fine),
    await vectorOf(broad),
    await vectorOf(fine, broad),
  ];
  const mean = a.map((x, i) => (x + b[i]!) / 2);
  expect(distance(both, mean)).toBeLessThan(1e-4);
  expect(distance(a, b)).toBeGreaterThan(1);
});

test("what looks alike has nearer styles than what does not", async () => {
  const alike = await vectorOf(stripes(4, [30, 30, 30]));
  expect(distance(alike, await vectorOf(fine))).toBeLessThan(
    distance(alike, await vectorOf(broad)) / 2,
  );
});

test("the smallest pictures that a training takes will do", async () => {
  const samples = Uint8Array.from({ length: 16 * 40 * 3 }, (_, i) => i % 251);
  const vector = await vectorOf({
    width: 40,
    height: 16,
    channels: 3,
    samples,
  });
  expect(vector.every(Number.isFinite)).toBe(true);
});

test("a base model without the encoder is refused, and nothing stays", async () => {
  const before = tf.memory().numTensors;
  const empty = writeSafetensors([]);
  await expect(
    encodePictures({ pictures: [fine], perceptual, base: empty } as never),
  ).rejects.toMatchObject({ code: "damaged" });
  expect(tf.memory().numTensors).toBe(before);
});
