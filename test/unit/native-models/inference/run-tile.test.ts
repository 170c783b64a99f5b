import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  disposeChain,
  type FoldedLayer,
  foldGenerator,
} from "../../../../native-models/inference/fold.ts";
import { runTile } from "../../../../native-models/inference/run-tile.ts";
import { axisSpans } from "../../../../native-models/inference/spans.ts";
import {
  generate,
  vectorLength,
} from "../../../../native-models/networks/generator.ts";
import { createGenerator } from "../../../../native-models/networks/generator-weights.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";

const goOn = async () => {};

beforeAll(async () => {
  await startRuntime();
});

function drawn(height: number, width: number): tf.Tensor4D {
  return tf.randomUniform([1, height, width, 3], 0, 1, "float32", 1);
}

function style(): tf.Tensor1D {
  return tf.randomNormal([vectorLength], 1, 0.3, "float32", 2);
}

/** The part of the folded chain's picture, by reading only what it needs. */
function part(
  folded: FoldedLayer[],
  x: tf.Tensor4D,
  [top, bottom, left, right]: [number, number, number, number],
) {
  const rows = axisSpans(x.shape[1], top, bottom);
  const columns = axisSpans(x.shape[2], left, right);
  const input = tf.slice(
    x,
    [0, rows.begin, columns.begin, 0],
    [1, rows.end - rows.begin, columns.end - columns.begin, 3],
  );
  return runTile(folded, input, rows, columns, goOn);
}

function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] as number);
}

describe("the folded chain", () => {
  test.each([
    [8, 8],
    [16, 44],
    [96, 64],
  ])(
    "is G itself where the statistics are the picture's own (%i x %i)",
    async (height, width) => {
      const g = createGenerator(1);
      const x = drawn(height, width);
      const vector = style();
      const { chain: folded } = await foldGenerator(g, x, vector, goOn);
      const whole = await part(folded, x, [0, height, 0, width]);
      expect(largestDifference(whole, generate(g, x, vector))).toBeLessThan(
        1e-4,
      );
    },
  );

  test.each<[string, [number, number, number, number]]>([
    ["the top left corner", [0, 32, 0, 32]],
    ["four pixels of the corner", [0, 4, 0, 4]],
    ["near an edge", [4, 40, 8, 12]],
    ["the middle", [64, 128, 72, 100]],
    ["the lower right corner", [140, 160, 196, 200]],
    ["the full width", [60, 64, 0, 200]],
  ])(
    "gives the same pixels for a part: %s",
    async (_, [top, bottom, left, right]) => {
      const x = drawn(160, 200);
      const { chain: folded } = await foldGenerator(
        createGenerator(1),
        tf.slice(x, [0, 0, 0, 0], [1, 64, 64, 3]),
        style(),
        goOn,
      );
      const whole = await part(folded, x, [0, 160, 0, 200]);
      const cut = await part(folded, x, [top, bottom, left, right]);
      const wanted = tf.slice(
        whole,
        [0, top, left, 0],
        [1, bottom - top, right - left, 3],
      );
      expect(largestDifference(cut, wanted)).toBeLessThan(1e-4);
    },
  );

  test("leaves no tensors behind, whether it ends or is given up", async () => {
    const g = createGenerator(1);
    const x = drawn(32, 32);
    const vector = style();
    const before = tf.memory().numTensors;
    const { chain: folded, styled } = await foldGenerator(g, x, vector, goOn);
    (await part(folded, x, [0, 32, 0, 32])).dispose();
    const rows = axisSpans(32, 0, 32);
    for (let layers = 1; layers <= folded.length; layers++) {
      let left = layers;
      const giveUp = async () => {
        left -= 1;
        if (left === 0) throw new Error("given up");
      };
      await expect(foldGenerator(g, x, vector, giveUp)).rejects.toThrow(
        "given up",
      );
      left = layers;
      await expect(
        runTile(folded, tf.clone(x), rows, rows, giveUp),
      ).rejects.toThrow("given up");
    }
    disposeChain(folded);
    styled.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
