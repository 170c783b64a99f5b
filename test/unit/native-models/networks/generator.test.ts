import { existsSync, readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import {
  generate,
  generatorLayers,
  vectorLength,
} from "../../../../native-models/networks/generator.ts";
import {
  createGenerator,
  disposeGenerator,
  generatorFrom,
  generatorOf,
  namedTensors,
  storedGenerator,
  styleVectorFrom,
} from "../../../../native-models/networks/generator-weights.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import {
  readSafetensors,
  type StoredTensor,
  toFloats,
} from "../../../../native-models/weights/safetensors.ts";
import { readNpz } from "../../../../scripts/read-npz.ts";

const fixture = readSafetensors(
  readFileSync(
    new URL(
      "../../../fixtures/generator/generator.safetensors",
      import.meta.url,
    ),
  ),
);
const weights = new URL("../../../../../shared/data/weights/", import.meta.url);

await startRuntime();

type Shape = [number, number, number, number];

/** A PyTorch picture, [1, 3, h, w], with pixels first. */
function picture({
  shape,
  data,
}: {
  shape: readonly number[];
  data: Float32Array;
}) {
  return tf.tidy(() =>
    tf.transpose<tf.Tensor4D>(
      tf.tensor(data, [...shape] as Shape),
      [0, 2, 3, 1],
    ),
  );
}

function stored(name: string) {
  const tensor = fixture.tensors.get(name) as StoredTensor;
  return picture({ shape: tensor.shape, data: toFloats(tensor, name) });
}

function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] as number);
}

describe("G", () => {
  test("gives what PyTorch gives for random weights", () => {
    const g = generatorFrom(fixture);
    const result = generate(
      g,
      stored("picture"),
      tf.tensor1d(styleVectorFrom(fixture)),
    );
    expect(largestDifference(result, stored("result"))).toBeLessThan(1e-4);
  });

  const parity = existsSync(new URL("base-prototype-parity.npz", weights));
  if (!parity) {
    console.log("Skipped: ../shared/data/weights is not here.");
  }
  test.skipIf(!parity)(
    "gives what PyTorch gave for the trained prototype on a real picture",
    () => {
      const file = new URL("base-prototype.safetensors", weights);
      const arrays = readNpz(
        readFileSync(new URL("base-prototype-parity.npz", weights)),
      );
      const result = generate(
        generatorFrom(readSafetensors(readFileSync(file))),
        picture(arrays.get("picture")!),
        tf.tensor2d(arrays.get("vector")!.data, [1, vectorLength]),
      );
      const wanted = picture(arrays.get("result")!);
      expect(largestDifference(result, wanted)).toBeLessThan(1e-4);
    },
  );

  test("has the size that its description promises", () => {
    const g = createGenerator(1);
    const count = namedTensors(g).reduce((sum, [, { size }]) => sum + size, 0);
    expect(count).toBe(494_675);
    expect(vectorLength).toBe(1840);
  });

  test("takes a style for each picture of a batch", () => {
    const g = createGenerator(1);
    const x = tf.randomUniform<tf.Rank.R4>([2, 16, 16, 3], 0, 1, "float32", 1);
    const vectors = tf.randomNormal<tf.Rank.R2>(
      [2, vectorLength],
      1,
      0.3,
      "float32",
      2,
    );
    const both = generate(g, x, vectors);
    for (const index of [0, 1]) {
      const one = generate(
        g,
        tf.slice(x, [index, 0, 0, 0], [1, 16, 16, 3]),
        tf.slice(vectors, [index, 0], [1, vectorLength]),
      );
      const of = tf.slice(both, [index, 0, 0, 0], [1, 16, 16, 3]);
      expect(largestDifference(of, one)).toBeLessThan(1e-5);
    }
    expect(
      largestDifference(
        tf.slice(both, [0, 0, 0, 0], [1, 16, 16, 3]),
        tf.slice(both, [1, 0, 0, 0], [1, 16, 16, 3]),
      ),
    ).toBeGreaterThan(0.01);
  });

  test.each([
    [1, 1],
    [1, 40],
    [7, 3],
    [33, 18],
    [16, 20],
  ])(
    "keeps the size of a picture of %i x %i pixels, and no tensors",
    (height, width) => {
      const g = createGenerator(2);
      const x = tf.randomUniform<tf.Rank.R4>([1, height, width, 3]);
      const vector = tf.ones<tf.Rank.R1>([vectorLength]);
      const before = tf.memory().numTensors;
      const y = generate(g, x, vector);
      expect(y.shape).toEqual([1, height, width, 3]);
      expect(tf.memory().numTensors).toBe(before + 1);
      const values = y.dataSync();
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    },
  );

  test("has gradients that finite differences confirm", () => {
    const g = createGenerator(3);
    const x = tf.randomUniform<tf.Rank.R4>([1, 16, 16, 3], 0, 1, "float32", 3);
    const vector = tf.randomNormal<tf.Rank.R1>(
      [vectorLength],
      1,
      0.2,
      "float32",
      4,
    );
    const weight = tf.randomNormal<tf.Rank.R4>(
      [1, 16, 16, 3],
      0,
      1,
      "float32",
      5,
    );
    const loss = (v: tf.Tensor) =>
      tf.sum(tf.mul(generate(g, x, v as tf.Tensor1D), weight));
    const direction = tf.randomNormal([vectorLength], 0, 1, "float32", 6);
    const gradient = tf.grad(loss)(vector);
    const along = tf.sum(tf.mul(gradient, direction)).dataSync()[0]!;
    const step = 1e-3;
    const at = (by: number) =>
      loss(tf.add(vector, tf.mul(direction, by))).dataSync()[0]!;
    const measured = (at(step) - at(-step)) / (2 * step);
    expect(Math.abs(along - measured)).toBeLessThan(
      0.02 * Math.abs(measured) + 0.02,
    );
    expect(Math.abs(measured)).toBeGreaterThan(0.05);
  });
});

describe("weights of G", () => {
  test("are the same for the same seed and others for another", async () => {
    const [a, b, c] = await Promise.all(
      [5, 5, 6].map((seed) => storedGenerator(createGenerator(seed))),
    );
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test("go into a file and come back, and leave no tensors behind", async () => {
    const before = tf.memory().numTensors;
    const g = generatorFrom(fixture);
    const entries = new Map(await storedGenerator(g));
    for (const { name } of generatorLayers) {
      for (const kind of ["weight", "bias"]) {
        const tensor = `generator.${name}.${kind}`;
        const original = fixture.tensors.get(tensor) as StoredTensor;
        expect(entries.get(tensor)?.shape).toEqual(original.shape);
        expect(entries.get(tensor)?.data).toEqual(toFloats(original, tensor));
      }
    }
    disposeGenerator(g);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("are the same G by name", () => {
    const g = createGenerator(8);
    const named = new Map(namedTensors(g));
    const again = generatorOf((name) => named.get(name)!);
    expect(again.filters).toEqual(g.filters);
    expect(again.biases).toEqual(g.biases);
  });

  test.each([
    [
      "a missing tensor",
      (tensors: Map<string, StoredTensor>) =>
        tensors.delete("generator.o.1.bias"),
      /lacks the tensor generator\.o\.1\.bias/,
    ],
    [
      "another shape",
      (tensors: Map<string, StoredTensor>) =>
        tensors.set("generator.o.1.bias", {
          dtype: "F32",
          shape: [4],
          data: new Float32Array(4),
        }),
      /generator\.o\.1\.bias as \[4\] where \[3\] belongs/,
    ],
    [
      "values that are no numbers",
      (tensors: Map<string, StoredTensor>) =>
        tensors.set("generator.o.1.bias", {
          dtype: "F32",
          shape: [3],
          data: Float32Array.of(0, Number.NaN, 0),
        }),
      /no numbers/,
    ],
  ])("are refused for %s", (_, spoil, message) => {
    const tensors = new Map(fixture.tensors);
    spoil(tensors);
    const before = tf.memory().numTensors;
    expect(() => generatorFrom({ tensors }, "wave.safetensors")).toThrow(
      message,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("strength leads from G without normalisation to the style, in a straight line of each layer's features", () => {
  const g = createGenerator(4);
  const differences = tf.tidy(() => {
    const x = tf.randomUniform<tf.Rank.R4>([1, 16, 20, 3], 0, 1, "float32", 3);
    const vector = tf.randomNormal<tf.Rank.R1>(
      [vectorLength],
      1,
      0.3,
      "float32",
      5,
    );
    const other = tf.add<tf.Tensor1D>(vector, 0.5);
    const at = (v: tf.Tensor1D, strength: number) =>
      generate(g, x, v, strength);
    const between = (a: tf.Tensor, b: tf.Tensor) =>
      tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
    return {
      full: between(at(vector, 1), generate(g, x, vector)),
      none: between(at(vector, 0), at(other, 0)),
      nearlyNone: between(at(vector, 0), at(vector, 1e-4)),
      nearlyFull: between(at(vector, 1), at(vector, 1 - 1e-4)),
      ends: between(at(vector, 0), at(vector, 1)),
    } as never;
  }) as unknown as Record<string, number>;
  disposeGenerator(g);
  expect(differences.full).toBe(0);
  expect(differences.none).toBe(0);
  expect(differences.nearlyNone).toBeLessThan(0.01);
  expect(differences.nearlyFull).toBeLessThan(0.01);
  expect(differences.ends).toBeGreaterThan(0.1);
});
