import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../../../common/raster.ts";
import { foldGenerator } from "../../../native-models/inference/fold.ts";
import { generatorStyle } from "../../../native-models/inference/generator-style.ts";
import {
  axisTaps,
  resample,
} from "../../../native-models/inference/resample.ts";
import { runTile } from "../../../native-models/inference/run-tile.ts";
import { axisSpans } from "../../../native-models/inference/spans.ts";
import { stylize } from "../../../native-models/inference/stylize.ts";
import {
  type Generator,
  vectorLength,
} from "../../../native-models/networks/generator.ts";
import { createGenerator } from "../../../native-models/networks/generator-weights.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";

const [width, height] = [2000, 600];
let g: Generator;
let vector: tf.Tensor1D;
let picture: Raster<Float32Array>;

beforeAll(async () => {
  await startRuntime();
  g = createGenerator(1);
  vector = tf.randomNormal([vectorLength], 1, 0.3, "float32", 2);
  const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const [dx, dy] = [x - 700, y - 250];
    return 0.5 + 0.5 * Math.sin((dx * dx + dy * dy) / 9000 + (i % 3));
  });
  picture = { width, height, channels: 3, samples };
});

function options(memoryBudget: number) {
  return {
    brushSize: 1,
    memoryBudget,
    signal: new AbortController().signal,
    onProgress: (_done: number, _total: number) => {},
  };
}

/** The same picture in one piece. */
async function whole(): Promise<Float32Array> {
  const goOn = async () => {};
  const small = new Float32Array(512 * 154 * 3);
  await resample(
    (y, begin, end) =>
      picture.samples.subarray((y * width + begin) * 3, (y * width + end) * 3),
    { rows: axisTaps(height, 154), columns: axisTaps(width, 512) },
    { rows: { begin: 0, end: 154 }, columns: { begin: 0, end: 512 } },
    (y, row) => small.set(row, y * 512 * 3),
    goOn,
  );
  // 154 is not a multiple of four: the last two rows are mirrored ones.
  const thumbnail = tf.concat<tf.Tensor4D>(
    [
      tf.tensor4d(small, [1, 154, 512, 3]),
      tf.reverse(
        tf.slice(
          tf.tensor4d(small, [1, 154, 512, 3]),
          [0, 151, 0, 0],
          [1, 2, 512, 3],
        ),
        1,
      ),
    ],
    1,
  );
  const { chain: folded } = await foldGenerator(g, thumbnail, vector, goOn);
  const result = await runTile(
    folded,
    tf.tensor4d(picture.samples, [1, height, width, 3]),
    axisSpans(height, 0, height),
    axisSpans(width, 0, width),
    goOn,
  );
  return (await result.data()) as Float32Array;
}

describe("a picture of 2,000 pixels", () => {
  test("is the same in tiles as in one piece, within 1e-4", async () => {
    let tiles = 0;
    const { samples } = await stylize(picture, generatorStyle(g, vector), {
      ...options(2 ** 24),
      onProgress: (_, total) => {
        tiles = total;
      },
    });
    expect(tiles).toBeGreaterThan(20);
    const wanted = await whole();
    let largest = 0;
    for (const [index, value] of samples.entries()) {
      largest = Math.max(largest, Math.abs(value - wanted[index]!));
    }
    expect(largest).toBeLessThan(1e-4);
  });

  test("takes no more tensor memory than its budget, and gives all of it back", async () => {
    const before = tf.memory();
    const budget = 2 ** 24;
    let [watching, largest] = [true, 0];
    const watch = (async () => {
      while (watching) {
        largest = Math.max(largest, tf.memory().numBytes - before.numBytes);
        await setImmediate();
      }
    })();
    await stylize(picture, generatorStyle(g, vector), options(budget));
    watching = false;
    await watch;
    const weights = 4 * 2 * 500_000;
    expect(largest).toBeGreaterThan(weights / 2);
    expect(largest).toBeLessThan(budget + weights);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  test("reports every tile, and ends within 200 ms of its cancelling", async () => {
    const before = tf.memory().numTensors;
    const delays: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const abort = new AbortController();
      const seen: number[] = [];
      let asked = 0;
      const work = stylize(picture, generatorStyle(g, vector), {
        ...options(2 ** 28),
        signal: abort.signal,
        onProgress: (done) => {
          seen.push(done);
          if (done !== 1) return;
          asked = performance.now();
          abort.abort();
        },
      });
      await expect(work).rejects.toMatchObject({ code: "cancelled" });
      delays.push(performance.now() - asked);
      expect(seen).toEqual([0, 1]);
    }
    // The best of three: other programs may hold the processor for a moment.
    expect(Math.min(...delays)).toBeLessThan(200);
    expect(tf.memory().numTensors).toBe(before);
  });
});
