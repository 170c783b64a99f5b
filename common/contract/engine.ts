import { z } from "zod";
import { failureCodes } from "../failure.ts";
import { rasterSchema } from "./raster.ts";

/**
 * Messages between the studio and the engine process. The engine is pure: pixels and weights in, pixels and weights
 * out; it opens no file of the artist's and writes none at all. Every message is parsed on arrival, at both ends.
 */

export const failureSchema = z.strictObject({
  code: z.enum(failureCodes),
  message: z.string(),
  subject: z.string().optional(),
  hint: z.string().optional(),
});

const bytes = z.instanceof(Uint8Array);

/** safetensors files, laid over one another: of two tensors of one name the later file's is used. */
const weightsSchema = z.array(bytes).min(1).max(8);

export const engineDescriptionSchema = z.strictObject({
  backend: z.enum(["tensorflow", "wasm", "webgpu"]),
  /** "AMD EPYC, 2 threads", "NVIDIA RTX 4070". */
  device: z.string(),
  threads: z.int().min(1),
  /** One sentence for the artist: why this backend and not a faster one. */
  reason: z.string(),
  versions: z.record(z.string(), z.string()),
});
export type EngineDescription = z.infer<typeof engineDescriptionSchema>;

/** Fude's own generator with a style, and the published generators that it runs. */
const modelNetworks = [
  "generator",
  "cyclegan-resnet",
  "cartoongan",
  "transformer-net",
] as const;

export const recipes = ["personal", "cartoongan", "cyclegan"] as const;
export type RecipeName = (typeof recipes)[number];

/**
 * Losses that a style can be trained by beside those of its recipe: `patches` as the drawings', all of them and not just
 * on average; `places` told apart as in the picture; the picture's `colour`; and, for video, a look that stays under
 * `motion`.
 */
export const extraLosses = ["colour", "motion", "patches", "places"] as const;
export type ExtraLoss = (typeof extraLosses)[number];
/** The weight of each; absent or 0 for none. */
export const extraLossesSchema = z.partialRecord(
  z.enum(extraLosses),
  z.number().min(0),
);

/** The networks that a recipe may train: the paper's, or smaller ones of Fude's. */
export const recipeSizes = {
  /** `fast`: Fude's own generator, twenty times smaller. */
  cartoongan: ["published", "fast"],
  /** `lite`: half the filters, six blocks, and no transposed convolution. */
  cyclegan: ["published", "lite"],
} as const;
export const trainingSizes = ["published", "fast", "lite"] as const;
export type TrainingSize = (typeof trainingSizes)[number];

/** What all ways of training have. */
const commonSettings = {
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** Steps to take, or null to take as many as fit `minutes`, measured at the start and then fixed. */
  steps: z.int().min(1).max(10_000_000).nullable(),
  minutes: z.number().min(0.05).max(10_000).nullable(),
  batch: z.int().min(1).max(64),
  /** Side of the square crops in pixels, a multiple of 16. */
  crop: z.int().min(32).max(1024).multipleOf(16),
};

/** What a training run is asked to do. Everything that changes its outcome is here or in its pictures. */
export const trainingSettingsSchema = z.discriminatedUnion("recipe", [
  z.strictObject({
    recipe: z.literal("personal"),
    ...commonSettings,
    contentWeight: z.number().min(0),
    styleWeight: z.number().min(0),
    totalVariationWeight: z.number().min(0),
    extraLosses: extraLossesSchema.optional(),
  }),
  z.strictObject({
    recipe: z.literal("cartoongan"),
    ...commonSettings,
    size: z.enum(recipeSizes.cartoongan),
  }),
  z.strictObject({
    recipe: z.literal("cyclegan"),
    ...commonSettings,
    size: z.enum(recipeSizes.cyclegan),
  }),
]);
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;
export type SettingsOf<Recipe extends RecipeName> = Extract<
  TrainingSettings,
  { recipe: Recipe }
>;

/** Most pictures that one style is predicted from. */
export const mostStylePictures = 16;

const id = z.string().min(1).max(64);

export const engineRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ id, kind: z.literal("describe") }),
  z.strictObject({
    id,
    kind: z.literal("stylize"),
    picture: rasterSchema,
    /** Base generator first, then the style's own tensors. */
    weights: weightsSchema,
    /** Files of further vectors for the same generator, each with its share of the whole; what is left is the first's. */
    mix: z
      .array(z.strictObject({ weights: bytes, share: z.number().gt(0).lt(1) }))
      .max(3)
      .optional(),
    brushSize: z.number().min(0.25).max(4),
    depth: z.number().min(0).max(1).optional(),
    /** Grey, of any size, over the whole picture: where its statistics come from. */
    inside: rasterSchema.optional(),
    /** Goes before whatever else the engine does, beside it: somebody's hand is on a control. */
    preview: z.boolean().optional(),
    /** Memory that tiles may take, in bytes. */
    memoryBudget: z.int().min(2 ** 24),
  }),
  z.strictObject({
    id,
    kind: z.literal("convert"),
    /** What messages call the file. */
    name: z.string(),
    /** A PyTorch checkpoint, or safetensors, laid over one another where there are several. */
    files: weightsSchema,
    /** What the converted file says beside the kind of network. */
    metadata: z.record(z.string(), z.string()),
    /** Whether to paint a sample: it shows the style, and proves that the weights give a picture. */
    sample: z.boolean(),
  }),
  z.strictObject({
    id,
    kind: z.literal("encode"),
    /** What the style is predicted from: RGB, 8 bit, already of training size. */
    pictures: z.array(rasterSchema).min(1).max(mostStylePictures),
    perceptual: bytes,
    /** Weights of the base model, whose generator the style is for. */
    base: bytes,
  }),
  z.strictObject({
    id,
    kind: z.literal("train"),
    settings: trainingSettingsSchema,
    /** RGB, 8 bit, already of training size. */
    drawings: z.array(rasterSchema).min(1).max(5000),
    photos: z.array(rasterSchema).max(5000),
    /** Pictures on which progress is shown, RGB, 8 bit. */
    samples: z.array(rasterSchema).max(8),
    perceptual: bytes,
    /** Weights of the base model, or null to start from random ones. */
    base: bytes.nullable(),
    /** What the last `checkpoint` event of this run carried, or null at the start. */
    checkpoint: bytes.nullable(),
    /** Seconds between checkpoints. */
    checkpointEvery: z.number().min(0.1),
  }),
  z.strictObject({
    id,
    kind: z.literal("cancel"),
    /** The request to end. */
    target: id,
    /** For trainings: `finish` ends with a result, `checkpoint` with a last checkpoint, `discard` at once. */
    how: z.enum(["finish", "checkpoint", "discard"]),
  }),
]);
export type EngineRequest = z.infer<typeof engineRequestSchema>;

/** `score`, and what it is made of by name. */
const judgementSchema = z.record(z.string(), z.number());

export const judgedSchema = z.strictObject({
  last: judgementSchema,
  best: judgementSchema,
  bestStep: z.int().min(0),
});
export type Judged = z.infer<typeof judgedSchema>;

export const engineEventSchema = z.discriminatedUnion("kind", [
  /** First message of a process, and the answer to `describe`. */
  z.strictObject({
    id: z.string(),
    kind: z.literal("ready"),
    description: engineDescriptionSchema,
  }),
  z.strictObject({ id: z.string(), kind: z.literal("heartbeat") }),
  /** Stylising: tiles done of tiles in all. */
  z.strictObject({
    id,
    kind: z.literal("progress"),
    done: z.int().min(0),
    total: z.int().min(1),
  }),
  z.strictObject({
    id,
    kind: z.literal("training"),
    step: z.int().min(0),
    steps: z.int().min(1),
    /** Loss terms by name, weighted, and `total`. */
    losses: z.record(z.string(), z.number()),
    /** How the averaged weights did on pictures that were set aside (lower is better); null before the first time. */
    judged: judgedSchema.nullable(),
    stepsPerSecond: z.number(),
    /** Seconds of training so far, over all its lives. */
    elapsed: z.number(),
  }),
  z.strictObject({
    id,
    kind: z.literal("sample"),
    step: z.int(),
    index: z.int(),
    picture: rasterSchema,
  }),
  z.strictObject({ id, kind: z.literal("checkpoint"), step: z.int(), bytes }),
  z.strictObject({ id, kind: z.literal("stylized"), picture: rasterSchema }),
  z.strictObject({
    id,
    kind: z.literal("converted"),
    network: z.enum(modelNetworks),
    /** For people: what was recognised. */
    recognised: z.string(),
    /** What the file said about itself. */
    metadata: z.record(z.string(), z.string()),
    /** One safetensors file with all that the style needs. */
    weights: bytes,
    sample: rasterSchema.nullable(),
  }),
  z.strictObject({
    id,
    kind: z.literal("encoded"),
    /** safetensors with the style's vector, to be laid over the base model's generator. */
    weights: bytes,
  }),
  z.strictObject({
    id,
    kind: z.literal("trained"),
    /** safetensors with the generator's and the style's tensors. */
    weights: bytes,
    /** Styles that the training gave beside the one it was begun for. */
    further: z
      .array(
        z.strictObject({
          /** What sets its name apart: "back to photographs". */
          label: z.string().min(1).max(60),
          weights: bytes,
        }),
      )
      .max(8)
      .optional(),
    step: z.int(),
    elapsed: z.number(),
    scores: z.record(z.string(), z.number()),
  }),
  /** A training stopped by `cancel` with `checkpoint`; the checkpoint went before. */
  z.strictObject({ id, kind: z.literal("paused"), step: z.int() }),
  z.strictObject({ id, kind: z.literal("failed"), failure: failureSchema }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
