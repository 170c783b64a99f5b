import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import type { EngineDescription } from "../common/contract/engine.ts";
import type { Raster } from "../common/raster.ts";
import { generatorStyle } from "../native-models/inference/generator-style.ts";
import { stylize } from "../native-models/inference/stylize.ts";
import {
  type Generator,
  generate,
  generatorLayers,
  sideMultiple,
  vectorLength,
} from "../native-models/networks/generator.ts";
import { createGenerator } from "../native-models/networks/generator-weights.ts";
import { perceptualLayers } from "../native-models/networks/perceptual.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { train } from "../native-models/training/train.ts";

/**
 * Measures this machine: the most that a convolution reaches here, and what G and a training step make of it. JSON on
 * stdout, a table on stderr. Operations are counted as the network is written down (multiply and add are two), so the
 * tiled chain, which needs fewer for the same picture, can come out above the ceiling.
 */

interface Measurement {
  readonly name: string;
  readonly seconds: number;
  readonly gflops: number;
  /** Part of the ceiling that was measured in the same run. */
  readonly ofCeiling: number;
}

interface Report {
  readonly engine: EngineDescription;
  /** The best of several convolutions. */
  readonly ceiling: { readonly gflops: number; readonly shape: string };
  readonly measurements: readonly Measurement[];
  readonly peakMemoryBytes: number;
}

const sides = [256, 512, 1024];
const trainingSides = [160, 192];
const batch = 4;
const trainingSteps = 6;
const memoryBudget = 2 ** 29;

/** Filters of 3x3 on one picture: side, inputs, outputs. */
const ceilingShapes: [number, number, number][] = [
  [128, 64, 64],
  [64, 64, 64],
  [64, 128, 128],
  [32, 256, 256],
];

const report = await measure();
console.error(tableOf(report));
console.log(JSON.stringify(report, null, 2));

async function measure(): Promise<Report> {
  const engine = await startRuntime();
  const ceiling = await measureCeiling();
  const g = createGenerator(1);
  const vector = tf.randomNormal<tf.Rank.R1>([vectorLength], 1, 0.2);
  const measurements: Measurement[] = [];
  const add = (name: string, seconds: number, operations: number) => {
    const gflops = operations / seconds / 1e9;
    const ofCeiling = gflops / ceiling.gflops;
    measurements.push({ name, seconds, gflops, ofCeiling });
  };
  for (const side of sides) {
    const operations = generatorOperations(side, side);
    add(`G ${side}, whole`, await timeWhole(g, vector, side), operations);
    add(
      `G ${side}, folded tiles`,
      await timeTiles(g, vector, side),
      operations,
    );
  }
  // WebAssembly has no gradients: there is nothing to measure.
  if (engine.backend !== "wasm") {
    for (const side of trainingSides) {
      add(
        `training step ${batch} x ${side}`,
        await timeTraining(side),
        trainingOperations(side),
      );
    }
  }
  return {
    engine,
    ceiling,
    measurements,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function measureCeiling(): Promise<Report["ceiling"]> {
  let best = { gflops: 0, shape: "" };
  for (const [side, inputs, outputs] of ceilingShapes) {
    const x = tf.randomNormal<tf.Rank.R4>([1, side, side, inputs]);
    const filter = tf.randomNormal<tf.Rank.R4>([3, 3, inputs, outputs]);
    const seconds = await quickest(12, async () => {
      const y = tf.conv2d(x, filter, 1, "same");
      await y.data();
      y.dispose();
    });
    const gflops = (2 * 9 * side * side * inputs * outputs) / seconds / 1e9;
    if (gflops > best.gflops) {
      best = {
        gflops,
        shape: `3x3, ${inputs} to ${outputs}, ${side} x ${side}`,
      };
    }
    tf.dispose([x, filter]);
  }
  return best;
}

async function timeWhole(
  g: Generator,
  vector: tf.Tensor1D,
  side: number,
): Promise<number> {
  const x = tf.randomUniform<tf.Rank.R4>([1, side, side, 3]);
  const seconds = await quickest(3, async () => {
    const y = generate(g, x, vector);
    await y.data();
    y.dispose();
  });
  x.dispose();
  return seconds;
}

/** From pixels to pixels, with the thumbnail's statistics. */
function timeTiles(
  g: Generator,
  vector: tf.Tensor1D,
  side: number,
): Promise<number> {
  const picture = draw(side, 3);
  return quickest(3, async () => {
    await stylize(picture, generatorStyle(g, vector), {
      brushSize: 1,
      memoryBudget,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
  });
}

/** Seconds of a step of the recipe "personal", in its own loop. */
async function timeTraining(side: number): Promise<number> {
  const perceptual = new URL(
    "../resources/models/perceptual/weights.safetensors",
    import.meta.url,
  );
  let [last, best] = [performance.now(), Infinity];
  await train(
    {
      id: "bench",
      kind: "train",
      settings: {
        recipe: "personal",
        seed: 1,
        steps: trainingSteps,
        minutes: null,
        batch,
        crop: side,
        contentWeight: 1,
        styleWeight: 5,
        totalVariationWeight: 0.3,
      },
      drawings: [draw(2 * side, 5)],
      photos: [draw(2 * side, 7)],
      samples: [],
      perceptual: new Uint8Array(readFileSync(perceptual)),
      base: null,
      checkpoint: null,
      checkpointEvery: 1e6,
    },
    {
      onStep: ({ step }) => {
        const now = performance.now();
        if (step > 1) best = Math.min(best, (now - last) / 1000);
        last = now;
      },
      onSample: () => {},
      onCheckpoint: () => {},
      intent: () => null,
    },
  );
  return best;
}

/** Seconds of the quickest of some runs, after one to warm up. */
async function quickest(
  runs: number,
  work: () => Promise<void>,
): Promise<number> {
  await work();
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

function generatorOperations(height: number, width: number): number {
  let scale = 1;
  return generatorLayers.reduce((sum, layer) => {
    scale *= layer.upsample ? 2 : 1 / layer.stride;
    const pixels = height * width * scale * scale;
    return sum + 2 * pixels * layer.size ** 2 * layer.inputs * layer.outputs;
  }, 0);
}

/**
 * G forward and backward on the batch and one drawing (backward is twice forward), P forward on the content and forward
 * and backward, to its input only, on the result.
 */
function trainingOperations(side: number): number {
  let scale = 1;
  const perceptual = perceptualLayers.reduce(
    (sum, { name, inputs, outputs }) => {
      if (/^conv[234]_1$/.test(name)) scale /= 2;
      return sum + 2 * 9 * (side * scale) ** 2 * inputs * outputs;
    },
    0,
  );
  const generator = generatorOperations(side, side);
  return 3 * (batch + 1) * generator + 3 * batch * perceptual;
}

/** A picture with something in it. */
function draw(
  side: number,
  phase: number,
): Raster<Uint8Array<ArrayBuffer>> & { channels: 3 } {
  const length = Math.ceil(side / sideMultiple) * sideMultiple;
  const samples = Uint8Array.from({ length: length * length * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % length, Math.floor(i / 3 / length)];
    return 127.5 + 127.5 * Math.sin((x * y) / 900 + x / phase + (i % 3));
  });
  return { width: length, height: length, channels: 3, samples };
}

function tableOf({
  engine,
  ceiling,
  measurements,
  peakMemoryBytes,
}: Report): string {
  const rows = measurements.map(({ name, seconds, gflops, ofCeiling }) => [
    name,
    `${seconds.toFixed(3)} s`,
    `${gflops.toFixed(0)} GFLOP/s`,
    `${(100 * ofCeiling).toFixed(0)} %`,
  ]);
  return [
    `${engine.backend} on ${engine.device}. ${engine.reason}`,
    `Ceiling: ${ceiling.gflops.toFixed(0)} GFLOP/s (${ceiling.shape})`,
    ...rows.map(([name, seconds, gflops, part]) =>
      [
        name?.padEnd(26),
        seconds?.padStart(9),
        gflops?.padStart(13),
        part?.padStart(6),
      ].join(" "),
    ),
    `Peak memory: ${(peakMemoryBytes / 2 ** 20).toFixed(0)} MiB`,
  ].join("\n");
}
