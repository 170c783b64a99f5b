import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createGenerator,
  disposeGenerator,
  storedGenerator,
} from "../../native-models/networks/generator-weights.ts";
import {
  disposePerceptual,
  type Perceptual,
  perceptualFrom,
  storePerceptual,
} from "../../native-models/networks/perceptual.ts";
import {
  disposeStyleEncoder,
  encodeStyle,
  neutralVector,
  type StyleEncoder,
  storedStyleEncoder,
  styleEncoderFrom,
} from "../../native-models/networks/style-encoder.ts";
import { startRuntime } from "../../native-models/runtime/start-runtime.ts";
import { createBaseRecipe } from "../../native-models/training/base.ts";
import {
  randomStudent,
  studentFrom,
} from "../../native-models/training/distillation.ts";
import { judgeBase } from "../../native-models/training/judge-base.ts";
import { runTraining } from "../../native-models/training/loop.ts";
import {
  type Picture,
  pictureFrom,
} from "../../native-models/training/picture.ts";
import { drawProceduralPhoto } from "../../native-models/training/procedural-photos.ts";
import { Random } from "../../native-models/training/random.ts";
import {
  readSafetensors,
  type Safetensors,
  writeSafetensors,
} from "../../native-models/weights/safetensors.ts";

let perceptual: Perceptual;
let start: Safetensors;
let pictures: Picture[];

beforeAll(async () => {
  await startRuntime();
  const random = Random.seeded(8);
  const student = randomStudent(random);
  const network = await storePerceptual(studentFrom(student.variables));
  student.dispose();
  perceptual = perceptualFrom({ tensors: new Map(network), metadata: {} });
  const g = createGenerator(5);
  const s = smallEncoder(random);
  start = readSafetensors(
    writeSafetensors([
      ...(await storedGenerator(g)),
      ...(await storedStyleEncoder(s)),
    ]),
  );
  disposeGenerator(g);
  disposeStyleEncoder(s);
  pictures = Array.from({ length: 4 }, () =>
    pictureFrom(drawProceduralPhoto(48, random)),
  );
});

afterAll(() => disposePerceptual(perceptual));

/** S with small random weights. */
function smallEncoder(random: Random): StyleEncoder {
  const values = (count: number) =>
    Float32Array.from({ length: count }, () => 0.02 * random.normal());
  const layer = (inputs: number, outputs: number) => ({
    weight: tf.tensor2d(values(inputs * outputs), [inputs, outputs]),
    bias: tf.tensor1d(values(outputs)),
  });
  return {
    layers: [layer(480, 512), layer(512, 256), layer(256, 1840)],
    mu: tf.tensor1d(values(480)),
    sd: tf.ones([480]),
  };
}

/** Trains to `until`, from the checkpoint where there is one, and hands out what it leaves. */
async function trainBase(
  steps: number,
  until: number,
  checkpoint: Uint8Array | null,
) {
  const recipe = createBaseRecipe({
    batch: 2,
    crop: 32,
    rate: 1e-3,
    perceptual,
    start,
    photos: pictures,
    styles: pictures,
  });
  const losses: number[] = [];
  const tensors: number[] = [];
  let saved: Uint8Array | null = null;
  const outcome = await runTraining(
    recipe,
    {
      seed: 2,
      steps,
      minutes: null,
      checkpoint,
      checkpointEvery: 1000,
      samples: [],
    },
    {
      onStep(report) {
        losses.push(report.losses.total!);
        tensors.push(tf.memory().numTensors);
      },
      onSample() {},
      onCheckpoint({ bytes }) {
        saved = bytes;
      },
      intent: () => (losses.length === until ? "checkpoint" : null),
    },
  );
  recipe.dispose();
  return { outcome, losses, tensors, saved: saved as Uint8Array | null };
}

test("a base training that is resumed equals one that is not, bit for bit", async () => {
  const before = tf.memory().numTensors;
  const whole = await trainBase(6, -1, null);
  const first = await trainBase(6, 3, null);
  const second = await trainBase(6, -1, first.saved);
  expect(first.outcome).toEqual({ kind: "paused", step: 3 });
  expect([...first.losses, ...second.losses]).toEqual(whole.losses);
  if (whole.outcome.kind !== "trained" || second.outcome.kind !== "trained") {
    throw new Error("The trainings did not end.");
  }
  expect(Buffer.compare(whole.outcome.weights, second.outcome.weights)).toBe(0);
  expect(new Set(whole.tensors).size).toBe(1);
  expect(tf.memory().numTensors).toBe(before);
});

test("training improves what the judge measures, and S comes out whole", async () => {
  const { outcome } = await trainBase(40, -1, null);
  if (outcome.kind !== "trained") throw new Error("The training did not end.");
  const file = readSafetensors(outcome.weights);
  const few = { side: 32, rounds: 2 };
  const after = judgeBase(file, perceptual, pictures, pictures, few);
  const before = judgeBase(start, perceptual, pictures, pictures, few);
  expect(after.content + 5 * after.style).toBeLessThan(
    0.9 * (before.content + 5 * before.style),
  );
  const s = styleEncoderFrom(file);
  const moved = tf.tidy(() => {
    const vector = encodeStyle(s, tf.ones([1, 480]));
    return tf.max(tf.abs(tf.sub(vector, neutralVector()))).dataSync()[0]!;
  });
  disposeStyleEncoder(s);
  expect(moved).toBeGreaterThan(0);
});
