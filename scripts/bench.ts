import * as tf from "@tensorflow/tfjs-core";
import type { EngineDescription } from "../common/contract/engine.ts";
import { vectorLength } from "../native-models/networks/generator.ts";
import { createGenerator } from "../native-models/networks/generator-weights.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { type Ceiling, measureCeiling } from "./bench/measure-ceiling.ts";
import { generatorOperations } from "./bench/operations.ts";
import { recipes } from "./bench/recipes.ts";
import { timeGeneratorStep } from "./bench/time-generator-step.ts";
import { timeTiles, timeWhole } from "./bench/time-inference.ts";
import { type PyTorchTime, timePytorch } from "./bench/time-pytorch.ts";
import { timeSelection } from "./bench/time-selection.ts";
import { timeTraining } from "./bench/time-training.ts";

/**
 * Measures this machine: the most that a convolution reaches here, what G and a step of every recipe make of it, how
 * PyTorch trains the same G, and what work on large masks takes. JSON on stdout, a table on stderr. Operations are counted
 * as the network is written down (multiply and add are two), so the tiled chain, which needs fewer for the same picture,
 * can come out above the ceiling.
 */

interface Measurement {
  readonly name: string;
  readonly seconds: number;
  readonly perSecond: number;
  readonly gflops: number;
  /** Part of the ceiling that was measured in the same run. */
  readonly ofCeiling: number;
}

interface Report {
  readonly engine: EngineDescription;
  readonly ceiling: Ceiling;
  readonly measurements: readonly Measurement[];
  /** The step that trains G alone, against PyTorch's; null on an engine that is too slow for it. */
  readonly comparison: Comparison | null;
  /** Work on masks of 4,096 x 4,096 pixels. */
  readonly selection: readonly { name: string; seconds: number }[];
  readonly peakMemoryBytes: number;
}

interface Comparison {
  readonly seconds: number;
  readonly pytorch: PyTorchTime;
  /** Fude's time over PyTorch's: below 1 Fude is quicker. */
  readonly ratio: number | null;
}

const sides = [256, 512, 1024];
const compared = { batch: 4, side: 192 };

const report = await measure();
console.error(tableOf(report));
console.log(JSON.stringify(report, null, 2));

async function measure(): Promise<Report> {
  const engine = await startRuntime();
  const ceiling = await measureCeiling();
  const measurements: Measurement[] = [];
  const add = (name: string, seconds: number, operations: number) => {
    const gflops = operations / seconds / 1e9;
    const ofCeiling = gflops / ceiling.gflops;
    measurements.push({
      name,
      seconds,
      perSecond: 1 / seconds,
      gflops,
      ofCeiling,
    });
  };
  const g = createGenerator(1);
  const vector = tf.randomNormal<tf.Rank.R1>([vectorLength], 1, 0.2);
  for (const side of sides) {
    const operations = generatorOperations(side);
    add(`G ${side}, whole`, await timeWhole(g, vector, side), operations);
    add(`G ${side}, tiles`, await timeTiles(g, vector, side), operations);
  }
  const comparison = await compare(engine, add);
  // A step on WebAssembly takes minutes.
  for (const recipe of engine.backend === "wasm" ? [] : recipes) {
    for (const side of recipe.sides) {
      add(
        `${recipe.name}, step ${recipe.batch} x ${side}`,
        await timeTraining((steps, hooks) => recipe.run(side, steps, hooks)),
        recipe.operations(side),
      );
    }
  }
  return {
    engine,
    ceiling,
    measurements,
    comparison,
    selection: await timeSelection(),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function compare(
  engine: EngineDescription,
  add: (name: string, seconds: number, operations: number) => void,
): Promise<Comparison | null> {
  if (engine.backend === "wasm") return null;
  const { batch, side } = compared;
  const seconds = await timeGeneratorStep(batch, side);
  const operations = 3 * batch * generatorOperations(side);
  add(`G alone, step ${batch} x ${side}`, seconds, operations);
  const pytorch = await timePytorch(batch, side, engine.threads);
  if ("missing" in pytorch) return { seconds, pytorch, ratio: null };
  add(`G in PyTorch, ${batch} x ${side}`, pytorch.seconds, operations);
  return { seconds, pytorch, ratio: seconds / pytorch.seconds };
}

function tableOf({
  engine,
  ceiling,
  measurements,
  comparison,
  selection,
  peakMemoryBytes,
}: Report): string {
  const rows = measurements.map((row) =>
    [
      row.name.padEnd(26),
      `${row.seconds.toFixed(3)} s`.padStart(9),
      `${row.perSecond.toFixed(2)} /s`.padStart(10),
      `${row.gflops.toFixed(0)} GFLOP/s`.padStart(13),
      `${(100 * row.ofCeiling).toFixed(0)} %`.padStart(6),
    ].join(" "),
  );
  return [
    `${engine.backend} on ${engine.device}. ${engine.reason}`,
    `Ceiling: ${ceiling.gflops.toFixed(0)} GFLOP/s (${ceiling.shape})`,
    ...rows,
    ...(comparison === null ? [] : [sentenceOf(comparison)]),
    ...selection.map(
      ({ name, seconds }) =>
        `Mask, ${name.padEnd(20)} ${(1000 * seconds).toFixed(1)} ms`,
    ),
    `Peak memory: ${(peakMemoryBytes / 2 ** 20).toFixed(0)} MiB`,
  ].join("\n");
}

function sentenceOf({ pytorch, ratio }: Comparison): string {
  if ("missing" in pytorch || ratio === null) {
    const reason = "missing" in pytorch ? pytorch.missing : "it gave no time";
    return `Not compared with PyTorch (${reason})`;
  }
  return `Training G takes ${ratio.toFixed(2)} of the time of PyTorch ${pytorch.version}`;
}
