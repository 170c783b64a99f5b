/**
 * Writes the bundled styles: for each its weights, its card and a thumbnail in `resources/models/<id>/`.
 *
 *   node scripts/bundle-styles.ts [ID…] [--data ../shared/data] [--models resources/models] [--steps 0]
 *   node scripts/bundle-styles.ts ID --trained FOLDER
 *
 * A style starts as the mean of the vectors that S predicts for its drawings; `--steps` tunes it further. G stays the base
 * model's and the style is a vector. With `--trained` it is one that `fude train` has made, with a G of its own: FOLDER is
 * the one below `models/` of the library.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { styleFrom } from "../native-models/inference/style-from.ts";
import { stylize } from "../native-models/inference/stylize.ts";
import { styleVectorName } from "../native-models/networks/generator-weights.ts";
import { inHalfPrecision } from "../native-models/networks/stored-weights.ts";
import { startRuntime } from "../native-models/runtime/start-runtime.ts";
import { runTraining } from "../native-models/training/loop.ts";
import { createPersonalRecipe } from "../native-models/training/personal.ts";
import {
  readSafetensors,
  type StoredTensor,
  writeSafetensors,
} from "../native-models/weights/safetensors.ts";
import { type BundledStyle, bundledStyles } from "./bundled-styles.ts";
import {
  readPicture,
  readSplit,
  shipPhotoFolders,
} from "./training-pictures.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: "../shared/data" },
    models: { type: "string", default: "resources/models" },
    steps: { type: "string", default: "0" },
    trained: { type: "string" },
  },
});
const steps = Number(options.steps);
const settings = {
  recipe: "personal",
  seed: 1,
  steps: Math.max(1, steps),
  minutes: null,
  batch: 4,
  crop: 160,
  contentWeight: 1.2,
  styleWeight: 5,
  totalVariationWeight: 2,
} as const;
type PersonalRecipe = ReturnType<typeof createPersonalRecipe>;

/** What is bundled of a style, and what its card says of how it came about. */
interface Made {
  readonly tensors: readonly (readonly [string, StoredTensor])[];
  readonly training: Record<string, unknown>;
  readonly count: number;
  readonly scores: Record<string, number>;
}

/** What the library writes beside a trained style. */
const trainedCard = z.object({
  step: z.number(),
  seconds: z.number(),
  scores: z.record(z.string(), z.number()),
  drawings: z.array(z.unknown()),
  photos: z.array(z.unknown()),
});
const thumbnailFrom = "photos/ship-budgie-backgrounds/roman-colosseum.jpg";

await startRuntime();
const read = (name: string) =>
  new Uint8Array(
    readFileSync(join(options.models, name, "weights.safetensors")),
  );
const perceptual = read("perceptual");
const base = read("base");
const photos = (await readSplit(shipPhotoFolders(options.data), 320)).train;
const picture = await readPicture(join(options.data, thumbnailFrom), 320);

if (options.trained !== undefined) {
  const style = bundledStyles.find(({ id }) => id === positionals[0]);
  if (style === undefined) throw new Error("Say which style it is to be.");
  await bundle(style, readTrained(options.trained));
} else {
  for (const style of bundledStyles) {
    if (positionals.length > 0 && !positionals.includes(style.id)) continue;
    await bundle(style, await tunedVector(style));
  }
}

async function tunedVector({ sets, only }: BundledStyle): Promise<Made> {
  const folders = sets.map((set) => join(options.data, "styles", set));
  const { train: drawings } = await readSplit(folders, 320, only);
  const recipe = createPersonalRecipe(
    { settings, drawings, photos, perceptual, base },
    "vector",
  );
  const seconds = await tune(recipe);
  const { weights, scores } = await recipe.result();
  recipe.dispose();
  const { tensors } = readSafetensors(weights);
  return {
    tensors: [[styleVectorName, tensors.get(styleVectorName)!]],
    training: {
      script: "scripts/bundle-styles.ts",
      base: "resources/models/base",
      trained: "vector",
      steps,
      minutes: minutesOf(seconds),
    },
    count: drawings.length,
    scores,
  };
}

function readTrained(folder: string): Made {
  const card = trainedCard.parse(
    JSON.parse(readFileSync(join(folder, "model.json"), "utf8")),
  );
  const weights = readFileSync(join(folder, "weights.safetensors"));
  return {
    tensors: [...readSafetensors(weights).tensors],
    training: {
      script: "fude train",
      base: "resources/models/base",
      trained: "vector and generator",
      steps: card.step,
      minutes: minutesOf(card.seconds),
      photos: card.photos.length,
    },
    count: card.drawings.length,
    scores: card.scores,
  };
}

function minutesOf(seconds: number): number {
  return Number((seconds / 60).toFixed(1));
}

async function bundle(
  { id, name, sets, licence, credit }: BundledStyle,
  { tensors, training, count, scores }: Made,
): Promise<void> {
  const folder = join(options.models, id);
  mkdirSync(folder, { recursive: true });
  const file = writeSafetensors(tensors.map(inHalfPrecision));
  await writeFileAtomic(join(folder, "weights.safetensors"), Buffer.from(file));
  const card = {
    name,
    kind: "style",
    recipe: "personal",
    licence,
    credit,
    training,
    data: { drawings: sets, count },
    scores,
  };
  await writeFileAtomic(
    join(folder, "model.json"),
    `${JSON.stringify(card, null, 2)}\n`,
  );
  await writeFileAtomic(
    join(folder, "thumbnail.png"),
    await thumbnail(new Map([...readSafetensors(base).tensors, ...tensors])),
  );
  console.log(JSON.stringify({ id, ...scores }));
}

/** @returns the seconds that it took */
async function tune(recipe: PersonalRecipe): Promise<number> {
  if (steps === 0) return 0;
  const outcome = await runTraining(
    recipe,
    {
      seed: settings.seed,
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
  return outcome.kind === "trained" ? outcome.elapsed : 0;
}

async function thumbnail(
  tensors: ReadonlyMap<string, StoredTensor>,
): Promise<Buffer> {
  const style = styleFrom(tensors, "the style");
  const { width, height, samples } = await stylize(picture, style, {
    brushSize: 1,
    memoryBudget: 2 ** 29,
    signal: new AbortController().signal,
    onProgress() {},
  });
  style.dispose();
  return sharp(samples, { raw: { width, height, channels: 3 } })
    .resize(256, 256, { fit: "cover" })
    .png()
    .toBuffer();
}
