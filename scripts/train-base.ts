/**
 * Trains the base model, G and S together, and writes `resources/models/base/`.
 *
 *   node scripts/train-base.ts [--data ../shared/data] [--out resources/models/base]
 *     [--work ~/.cache/fude-training/base] [--steps 6000] [--crop 160] [--rate 3e-4] [--start FOLDER] [--calibrate]
 *     [--write-only]
 *
 * It sets out from the prototype's weights, or from the base model in the folder `--start` (`--calibrate`: one that knows
 * no strength yet), and resumes from the checkpoint in the work folder, exactly; SIGTERM makes it save one and end.
 * `--write-only` writes the weights of that checkpoint.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import writeFileAtomic from "write-file-atomic";
import { perceptualFrom } from "../native-models/networks/perceptual.ts";
import { inHalfPrecision } from "../native-models/networks/stored-weights.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { createBaseRecipe } from "../native-models/training/base.ts";
import { calibratedBase } from "../native-models/training/calibrate.ts";
import { restoreCheckpoint } from "../native-models/training/checkpoint.ts";
import { judgeBase } from "../native-models/training/judge-base.ts";
import { runTraining } from "../native-models/training/loop.ts";
import { pictureFrom } from "../native-models/training/picture.ts";
import {
  readSafetensors,
  type Safetensors,
  writeSafetensors,
} from "../native-models/weights/safetensors.ts";
import {
  readSplit,
  shipPhotoFolders,
  shipStyleFolders,
} from "./training-pictures.ts";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    perceptual: { type: "string", default: "resources/models/perceptual" },
    out: { type: "string", default: "resources/models/base" },
    work: {
      type: "string",
      default: join(homedir(), ".cache/fude-training/base"),
    },
    steps: { type: "string", default: "6000" },
    crop: { type: "string", default: "160" },
    rate: { type: "string", default: "3e-4" },
    start: { type: "string" },
    calibrate: { type: "boolean", default: false },
    "write-only": { type: "boolean", default: false },
  },
});
const steps = Number(options.steps);
const settings = {
  batch: 4,
  crop: Number(options.crop),
  rate: Number(options.rate),
};
const checkpointFile = join(options.work, "checkpoint.safetensors");
mkdirSync(options.work, { recursive: true });

await startRuntime();
const photos = await readSplit(shipPhotoFolders(options.data), 288);
// Glyphs in two tones teach no brush.
const styleFolders = shipStyleFolders(options.data).filter(
  (folder) => basename(folder) !== "game-icons-viscious-speed",
);
const styles = await readSplit(styleFolders, 288);
const perceptual = perceptualFrom(
  readSafetensors(
    readFileSync(join(options.perceptual, "weights.safetensors")),
  ),
);
const prototype = readSafetensors(
  readFileSync(join(options.data, "weights/base-prototype.safetensors")),
);
const earlier = options.start === undefined ? null : readModel(options.start);
const photographs = photos.train.map(pictureFrom);
const start =
  earlier === null || options.calibrate
    ? await calibratedBase(
        earlier?.weights ?? prototype,
        perceptual,
        photographs,
      )
    : earlier.weights;
const recipe = createBaseRecipe({
  ...settings,
  perceptual,
  start,
  photos: photographs,
  styles: styles.train.map(pictureFrom),
});

if (options["write-only"]) {
  const bytes = readFileSync(checkpointFile);
  const progress = restoreCheckpoint(bytes, recipe.run, recipe.networks);
  await writeModel(progress.step, progress.elapsed);
} else {
  await trainOn();
}

async function trainOn(): Promise<void> {
  let asked: null | "checkpoint" = null;
  process.on("SIGTERM", () => {
    asked = "checkpoint";
  });
  const sums: Record<string, number> = {};
  const outcome = await runTraining(
    recipe,
    {
      seed: 1,
      steps,
      minutes: null,
      checkpoint: readIfThere(checkpointFile),
      checkpointEvery: 60,
      samples: [],
    },
    {
      onStep({ step, losses, elapsed, stepsPerSecond }) {
        for (const [name, value] of Object.entries(losses)) {
          sums[name] = (sums[name] ?? 0) + value / 50;
        }
        if (step % 50 !== 0) return;
        const tensors = tf.memory().numTensors;
        console.log(
          JSON.stringify({ step, elapsed, stepsPerSecond, ...sums, tensors }),
        );
        for (const name of Object.keys(sums)) sums[name] = 0;
      },
      onSample() {},
      onCheckpoint({ bytes }) {
        writeFileAtomic.sync(checkpointFile, Buffer.from(bytes));
      },
      intent: () => asked,
    },
  );
  if (outcome.kind === "trained") {
    await writeModel(outcome.step, outcome.elapsed);
  }
}

async function writeModel(step: number, elapsed: number): Promise<void> {
  const { weights } = await recipe.result();
  const { tensors } = readSafetensors(weights);
  const shipped = writeSafetensors([...tensors].map(inHalfPrecision));
  const unseen = [
    photos.heldOut.map(pictureFrom),
    styles.heldOut.map(pictureFrom),
  ] as const;
  const card = {
    name: "Base",
    kind: "base",
    licence: "MIT",
    architecture:
      "G (494,675 parameters, conditional instance normalisation, vector of 1,840) and S (480-512-256-1,840)",
    recipe: "base",
    training: {
      script: "scripts/train-base.ts",
      steps: step,
      plannedSteps: steps,
      ...settings,
      seconds: Math.round(elapsed),
      startedFrom:
        earlier?.history ??
        "the project's own prototype of the same networks (PyTorch, 5,400 steps of batch 4 at 160 px on the same sets)",
      perceptual: "resources/models/perceptual",
    },
    data: {
      photographs: shipPhotoFolders(options.data).map((f) => basename(f)),
      drawings: styleFolders.map((f) => basename(f)),
      training: [photos.train.length, styles.train.length],
      heldOut: [photos.heldOut.length, styles.heldOut.length],
      licences: "public domain, CC0, MIT and CC-BY",
    },
    scores: {
      heldOut: judgeBase(readSafetensors(shipped), perceptual, ...unseen),
      prototype: judgeBase(prototype, perceptual, ...unseen),
    },
    credit:
      "Pepper&Carrot drawings by David Revoy, CC-BY 4.0; gopher drawings by Maria Letta, CC0, of the character by Renee French, CC-BY 4.0; photographs by contributors to Nextcloud's example files, Open Images and COCO, CC-BY.",
  };
  mkdirSync(options.out, { recursive: true });
  await writeFileAtomic(
    join(options.out, "weights.safetensors"),
    Buffer.from(shipped),
  );
  console.log(JSON.stringify(card.scores));
  await writeFileAtomic(
    join(options.out, "model.json"),
    `${JSON.stringify(card, null, 2)}\n`,
  );
}

/** A base model's weights, and what it had been through. */
function readModel(folder: string): { weights: Safetensors; history: string } {
  const { training } = JSON.parse(
    readFileSync(join(folder, "model.json"), "utf8"),
  ) as { training: { startedFrom: string; steps: number } };
  return {
    weights: readSafetensors(readFileSync(join(folder, "weights.safetensors"))),
    history: `${training.startedFrom}, then ${training.steps} steps of this recipe`,
  };
}

function readIfThere(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
