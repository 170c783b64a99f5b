/**
 * Distils P, the perceptual network, from a teacher of the same shape and writes `resources/models/perceptual/`.
 *
 *   node scripts/train-perceptual.ts [--data ../shared/data] [--out resources/models/perceptual]
 *     [--work ~/.cache/fude-training/perceptual] [--steps 9000] [--write-only]
 *
 * It resumes from the checkpoint in the work folder, exactly; `--write-only` writes the weights that lie there so far.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import writeFileAtomic from "write-file-atomic";
import {
  type Perceptual,
  perceptualTaps,
  storePerceptual,
} from "../native-models/networks/perceptual.ts";
import { inHalfPrecision } from "../native-models/networks/stored-weights.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { Adam } from "../native-models/training/adam.ts";
import {
  restoreCheckpoint,
  writeCheckpoint,
} from "../native-models/training/checkpoint.ts";
import { jitterColours } from "../native-models/training/colour-jitter.ts";
import {
  distillationLoss,
  randomStudent,
  scaleTaps,
  studentFrom,
  tapCorrelations,
  tapDeviations,
} from "../native-models/training/distillation.ts";
import { MovingAverage } from "../native-models/training/moving-average.ts";
import { pictureFrom, randomCrop } from "../native-models/training/picture.ts";
import { drawProceduralPhoto } from "../native-models/training/procedural-photos.ts";
import { Random } from "../native-models/training/random.ts";
import { cosine } from "../native-models/training/schedule.ts";
import { writeSafetensors } from "../native-models/weights/safetensors.ts";
import { proofCrops } from "./evaluate/proof-crops.ts";
import { provePerceptual } from "./evaluate/prove-perceptual.ts";
import { readTeacher } from "./read-teacher.ts";
import {
  readSplit,
  shipPhotoFolders,
  shipStyleFolders,
} from "./training-pictures.ts";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    out: { type: "string", default: "resources/models/perceptual" },
    work: {
      type: "string",
      default: join(homedir(), ".cache/fude-training/perceptual"),
    },
    steps: { type: "string", default: "9000" },
    "write-only": { type: "boolean", default: false },
  },
});
await startRuntime();
const steps = Number(options.steps);
const batch = 8;
const side = 96;
const rate = 1.5e-3;
/** Share of the run in which the blocks learn apart. */
const apart = 0.4;
const run = `perceptual-${batch}x${side}-${rate}`;

mkdirSync(options.work, { recursive: true });
const checkpointFile = join(options.work, "checkpoint.safetensors");

const sets = [
  await readSplit(shipPhotoFolders(options.data), 288),
  await readSplit(shipStyleFolders(options.data), 288),
];
const training = sets.map(({ train }) => train.map(pictureFrom));
const heldOut = sets.map((set) => set.heldOut.map(pictureFrom));
console.log(
  JSON.stringify({
    training: training.map(({ length }) => length),
    heldOut: heldOut.map(({ length }) => length),
  }),
);

const rawTeacher = readTeacher(pathToFileURL(`${resolve(options.data)}/`));
const teacherScale = tf.tidy(() => {
  const random = Random.seeded(7);
  return tapDeviations(rawTeacher, draw(random, 48));
});
const teacher = scaleTaps(
  rawTeacher,
  teacherScale.map((s) => tf.tidy(() => tf.div<tf.Tensor1D>(1, s))),
);
const proof = proofCrops(heldOut);

const parameters = randomStudent(Random.seeded(2026));
const adam = new Adam(parameters, {
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  clip: 5,
  // Neighbouring pixels are nearly alike, so filters that see edges in them are tens of times larger than any other.
  rateOf: (name) => (name.startsWith("conv1_1") ? 20 : 1),
});
const average = new MovingAverage(parameters, 0.998);
const networks = { student: { parameters, adam, average } };
const network = studentFrom(parameters.variables);

let random = Random.seeded(1);
let step = 0;
let before = 0;
try {
  const bytes = readFileSync(checkpointFile);
  const progress = restoreCheckpoint(bytes, run, networks);
  ({ step, elapsed: before } = progress);
  random = Random.fromState(progress.random);
  console.log(`resumed at step ${step}`);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}

const begun = performance.now();
const elapsed = () => before + (performance.now() - begun) / 1000;
let shown = tf.zeros([4]) as tf.Tensor1D;
while (step < steps && !options["write-only"]) {
  const losses = takeStep();
  const total = tf.tidy(() => tf.add(shown, losses)) as tf.Tensor1D;
  tf.dispose([shown, losses]);
  shown = total;
  step++;
  if (step % 100 === 0) {
    const mean = Array.from(await shown.data(), (v) => v / 100);
    shown.dispose();
    shown = tf.zeros([4]);
    console.log(
      JSON.stringify({
        step,
        seconds: Math.round(elapsed()),
        losses: mean.map((v) => Number(v.toFixed(4))),
        ...(step % 300 === 0 ? { correlation: prove() } : {}),
        tensors: tf.memory().numTensors,
      }),
    );
  }
  if (step % 300 === 0 || step === steps) await save();
  await new Promise(setImmediate);
}

await writeModel();

function takeStep(): tf.Tensor1D {
  return tf.tidy(() => {
    const x = draw(random, batch);
    const target = perceptualTaps(teacher, x);
    let losses: tf.Tensor1D | undefined;
    const { gradient } = parameters.gradient(() => {
      losses = tf.keep(
        distillationLoss(network, target, x, step < apart * steps),
      );
      return tf.sum(losses) as tf.Scalar;
    });
    adam.update(gradient, rate * cosine(step, steps, 100));
    average.update(parameters, adam.step);
    return losses!;
  });
}

/** [count, side, side, 3] from photographs and drawings by turns, one in sixteen made up. */
function draw(random: Random, count: number): tf.Tensor4D {
  const pixels = side * side;
  const samples = new Float32Array(count * pixels * 3);
  const range = { smallest: 0.2, largest: 1 };
  for (let i = 0; i < count; i++) {
    const picture = random.chance(1 / 16)
      ? pictureFrom(drawProceduralPhoto(side, random))
      : random.pick(training[i % 2]!);
    const offset = i * pixels * 3;
    randomCrop(picture, side, range, random, samples, offset);
    jitterColours(
      samples,
      offset,
      pixels,
      {
        permute: 0.5,
        brightness: 0.4,
        contrast: 0.4,
        shift: 0.1,
        noise: 0.06,
      },
      random,
    );
  }
  return tf.tensor4d(samples, [count, side, side, 3]);
}

function averaged(): Perceptual {
  return studentFrom(parameters.split(average.value));
}

function prove(): number[] {
  return tf.tidy(() =>
    tapCorrelations(
      perceptualTaps(averaged(), proof),
      perceptualTaps(teacher, proof),
    ).map((value) => Number(value.toFixed(4))),
  );
}

async function save(): Promise<void> {
  const bytes = await writeCheckpoint(networks, {
    run,
    step,
    steps,
    random: random.state,
    elapsed: elapsed(),
    rate: 1,
    judged: null,
  });
  await writeFileAtomic(checkpointFile, Buffer.from(bytes));
}

/** Weights at the teacher's scale and the card, with the proof that they see what the teacher sees. */
async function writeModel(): Promise<void> {
  const network = tf.tidy(() => {
    const scaled = scaleTaps(averaged(), teacherScale);
    for (const { filter, bias } of scaled.values()) {
      tf.keep(filter);
      tf.keep(bias);
    }
    return scaled as never;
  }) as Perceptual;
  const stored = await storePerceptual(network);
  const [photos = [], drawings = []] = heldOut;
  const card = {
    name: "Perceptual network",
    kind: "perceptual",
    licence: "MIT",
    architecture:
      "VGG-19 to relu4_1 with 16-32-64-128 channels, reflection padding, RGB in 0..1",
    recipe: "distillation",
    training: {
      script: "scripts/train-perceptual.ts",
      steps: step,
      plannedSteps: steps,
      batch,
      crop: side,
      learningRate: rate,
      seconds: Math.round(elapsed()),
    },
    teacher:
      "VGG-19 16x from Collaborative Distillation (Wang et al., CVPR 2020), github.com/MingSun-Tse/Collaborative-Distillation, MIT. The student started from random weights and was trained to give the teacher's relu1_1, 2_1, 3_1 and 4_1.",
    data: {
      photographs: shipPhotoFolders(options.data).map((f) => basename(f)),
      drawings: shipStyleFolders(options.data).map((f) => basename(f)),
      licences:
        "public domain, CC0, MIT and CC-BY; drawings of Pepper&Carrot by David Revoy, CC-BY 4.0",
      training: training.map(({ length }) => length),
      heldOut: heldOut.map(({ length }) => length),
    },
    scores: provePerceptual(network, rawTeacher, photos, drawings),
  };
  mkdirSync(options.out, { recursive: true });
  await writeFileAtomic(
    join(options.out, "weights.safetensors"),
    Buffer.from(writeSafetensors(stored.map(inHalfPrecision))),
  );
  await writeFileAtomic(
    join(options.out, "model.json"),
    `${JSON.stringify(card, null, 2)}\n`,
  );
  console.log(JSON.stringify(card.scores));
}
