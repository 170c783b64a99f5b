import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { TrainingSettings } from "../../common/contract/engine.ts";
import type { Raster } from "../../common/raster.ts";
import { styleFrom } from "../../native-models/inference/style-from.ts";
import { storePerceptual } from "../../native-models/networks/perceptual.ts";
import { startRuntime } from "../../native-models/runtime/start-runtime.ts";
import {
  randomStudent,
  studentFrom,
} from "../../native-models/training/distillation.ts";
import type { TrainingRequest } from "../../native-models/training/hooks.ts";
import { drawProceduralPhoto } from "../../native-models/training/procedural-photos.ts";
import { Random } from "../../native-models/training/random.ts";
import { train } from "../../native-models/training/train.ts";
import {
  readSafetensors,
  writeSafetensors,
} from "../../native-models/weights/safetensors.ts";

let perceptual: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  await startRuntime();
  const student = randomStudent(Random.seeded(4));
  perceptual = writeSafetensors(
    await storePerceptual(studentFrom(student.variables)),
  );
  student.dispose();
});

const shared = { seed: 9, steps: 4, minutes: null, batch: 1, crop: 32 };
const recipes: TrainingSettings[] = [
  { recipe: "cartoongan", size: "fast", ...shared },
  { recipe: "cyclegan", size: "lite", ...shared },
];

function pictures(count: number, seed: number) {
  const random = Random.seeded(seed);
  return Array.from(
    { length: count },
    () => drawProceduralPhoto(48, random) as Raster<Uint8Array<ArrayBuffer>>,
  );
}

function request(
  settings: TrainingSettings,
  rest: Partial<TrainingRequest> = {},
): TrainingRequest {
  return {
    id: "test",
    kind: "train",
    settings,
    drawings: pictures(3, 1),
    photos: pictures(3, 2),
    samples: pictures(1, 3),
    perceptual,
    base: null,
    checkpoint: null,
    checkpointEvery: 1000,
    ...rest,
  };
}

/** Runs a training, pausing at a step if one is given, and keeps what it says. */
async function watch(asked: TrainingRequest, pauseAt = -1) {
  const losses: Record<string, number>[] = [];
  const tensors: number[] = [];
  const checkpoints: Uint8Array<ArrayBuffer>[] = [];
  let last = 0;
  const outcome = await train(asked, {
    onStep(report) {
      last = report.step;
      losses.push(report.losses);
      tensors.push(tf.memory().numTensors);
    },
    onSample() {},
    onCheckpoint({ bytes }) {
      checkpoints.push(bytes as Uint8Array<ArrayBuffer>);
    },
    intent: () => (last === pauseAt ? "checkpoint" : null),
  });
  return { outcome, losses, tensors, checkpoints };
}

describe.each(recipes)("a training by $recipe, $size", (settings) => {
  test("that is paused and resumed equals one that is not, bit for bit", async () => {
    const before = tf.memory().numTensors;
    const whole = await watch(request(settings));
    const first = await watch(request(settings), 2);
    const second = await watch(
      request(settings, { checkpoint: first.checkpoints[0]! }),
    );
    expect(first.outcome).toEqual({ kind: "paused", step: 2 });
    expect([...first.losses, ...second.losses]).toEqual(whole.losses);
    if (whole.outcome.kind !== "trained" || second.outcome.kind !== "trained") {
      throw new Error("The trainings did not end.");
    }
    expect(Buffer.compare(whole.outcome.weights, second.outcome.weights)).toBe(
      0,
    );
    expect(new Set(whole.tensors).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("gives styles that can be painted with", async () => {
    const { outcome, losses } = await watch(request({ ...settings, steps: 2 }));
    if (outcome.kind !== "trained") throw new Error("It did not end.");
    const { weights, further = [] } = outcome;
    expect(further.map(({ label }) => label)).toEqual(
      settings.recipe === "cyclegan" ? ["back to photographs"] : [],
    );
    for (const file of [weights, ...further.map(({ weights }) => weights)]) {
      styleFrom(readSafetensors(file).tensors, "the style").dispose();
    }
    for (const terms of losses) {
      for (const loss of Object.values(terms)) {
        expect(Number.isFinite(loss)).toBe(true);
      }
    }
  });

  test("says that it needs photographs", async () => {
    await expect(watch(request(settings, { photos: [] }))).rejects.toThrow(
      /needs photographs/,
    );
  });
});
