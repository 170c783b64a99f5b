/**
 * Writes the bundled styles: for each a vector for the base model, its card and a thumbnail in `resources/models/<id>/`.
 *
 *   node scripts/bundle-styles.ts [ID…] [--data ../shared/data] [--models resources/models] [--steps 0]
 *
 * A style starts as the mean of the vectors that S predicts for its drawings; `--steps` tunes it further, G staying as
 * it is.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import writeFileAtomic from "write-file-atomic";
import type { Raster } from "../common/raster.ts";
import { generatorStyle } from "../native-models/inference/generator-style.ts";
import { stylize } from "../native-models/inference/stylize.ts";
import {
  generatorFrom,
  styleVectorFrom,
  styleVectorName,
} from "../native-models/networks/generator-weights.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { runTraining } from "../native-models/training/loop.ts";
import { createPersonalRecipe } from "../native-models/training/personal.ts";
import {
  readSafetensors,
  writeSafetensors,
} from "../native-models/weights/safetensors.ts";
import {
  readPicture,
  readSplit,
  shipPhotoFolders,
} from "./training-pictures.ts";

interface BundledStyle {
  readonly id: string;
  readonly name: string;
  readonly set: string;
  /** Which of the set's files; all where absent. */
  readonly only?: RegExp;
  readonly licence: string;
  readonly credit: string;
}

const styles: readonly BundledStyle[] = [
  {
    id: "woodblock",
    name: "Woodblock",
    set: "hokusai-36-views",
    licence: "public domain",
    credit:
      "From Katsushika Hokusai's Thirty-six Views of Mount Fuji; scans by The Metropolitan Museum of Art, CC0.",
  },
  {
    id: "engraving",
    name: "Engraving",
    set: "dore-don-quixote",
    licence: "public domain",
    credit: "From Gustave Doré's plates for Don Quixote.",
  },
  {
    id: "ink-line",
    name: "Ink line",
    set: "tenniel-alice",
    licence: "public domain",
    credit: "From John Tenniel's drawings for the two Alice books.",
  },
  {
    id: "watercolour-book",
    name: "Watercolour book",
    set: "potter-peter-rabbit",
    licence: "public domain",
    credit: "From Beatrix Potter's pictures for The Tale of Peter Rabbit.",
  },
  {
    id: "comic",
    name: "Comic",
    set: "revoy-peppercarrot-panels",
    licence: "CC-BY-4.0",
    credit:
      "From the comic Pepper&Carrot by David Revoy (www.peppercarrot.com), CC-BY 4.0.",
  },
  {
    id: "oil",
    name: "Oil",
    set: "museum-paintings",
    only: /vincent-van-gogh|starry-night/,
    licence: "public domain",
    credit: "From paintings by Vincent van Gogh; museum open access.",
  },
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: "../shared/data" },
    models: { type: "string", default: "resources/models" },
    steps: { type: "string", default: "0" },
  },
});
const steps = Number(options.steps);
const thumbnailFrom = "photos/ship-budgie-backgrounds/roman-colosseum.jpg";

await startRuntime();
const read = (name: string) =>
  new Uint8Array(
    readFileSync(join(options.models, name, "weights.safetensors")),
  );
const perceptual = read("perceptual");
const base = read("base");
const g = generatorFrom(readSafetensors(base), "The base model");
const photos = (await readSplit(shipPhotoFolders(options.data), 320)).train;
const picture = await readPicture(join(options.data, thumbnailFrom), 320);

for (const style of styles) {
  if (positionals.length > 0 && !positionals.includes(style.id)) continue;
  const folder = join(options.data, "styles", style.set);
  const { train, heldOut } = await readSplit([folder], 320, style.only);
  await bundle(style, [...train, ...heldOut]);
}

async function bundle(
  { id, name, set, licence, credit }: BundledStyle,
  drawings: Raster[],
): Promise<void> {
  const recipe = createPersonalRecipe(
    {
      settings: {
        recipe: "personal",
        seed: 1,
        steps: Math.max(1, steps),
        minutes: null,
        batch: 4,
        crop: 160,
        contentWeight: 1,
        styleWeight: 5,
        totalVariationWeight: 2,
      },
      drawings,
      photos,
      perceptual,
      base,
    },
    "vector",
  );
  const { vector, scores } = await tune(recipe);
  recipe.dispose();
  const folder = join(options.models, id);
  mkdirSync(folder, { recursive: true });
  const file = writeSafetensors([
    [styleVectorName, { dtype: "F32", shape: [vector.length], data: vector }],
  ]);
  await writeFileAtomic(join(folder, "weights.safetensors"), Buffer.from(file));
  const card = {
    name,
    kind: "style",
    recipe: "personal",
    licence,
    credit,
    training: {
      script: "scripts/bundle-styles.ts",
      base: "resources/models/base",
      vectorSteps: steps,
    },
    data: { drawings: set, count: drawings.length },
    scores,
  };
  await writeFileAtomic(
    join(folder, "model.json"),
    `${JSON.stringify(card, null, 2)}\n`,
  );
  await writeFileAtomic(join(folder, "thumbnail.png"), await thumbnail(vector));
  console.log(JSON.stringify({ id, ...scores }));
}

/** The vector and its scores after `steps` steps. */
async function tune(
  recipe: ReturnType<typeof createPersonalRecipe>,
): Promise<{ vector: Float32Array; scores: Record<string, number> }> {
  if (steps > 0) {
    await runTraining(
      recipe,
      {
        seed: 1,
        steps,
        minutes: null,
        checkpoint: null,
        checkpointEvery: 3600,
        samples: [],
      },
      {
        onStep() {},
        onSample() {},
        onCheckpoint() {},
        intent: () => null,
      },
    );
  }
  const { weights, scores } = await recipe.result();
  return { vector: styleVectorFrom(readSafetensors(weights)), scores };
}

async function thumbnail(vector: Float32Array): Promise<Buffer> {
  const tensor = tf.tensor1d(vector);
  const { width, height, samples } = await stylize(
    picture,
    generatorStyle(g, tensor),
    {
      brushSize: 1,
      memoryBudget: 2 ** 29,
      signal: new AbortController().signal,
      onProgress() {},
    },
  );
  tensor.dispose();
  return sharp(samples, { raw: { width, height, channels: 3 } })
    .resize(256, 256, { fit: "cover" })
    .png()
    .toBuffer();
}
