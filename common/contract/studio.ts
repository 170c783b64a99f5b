import { z } from "zod";
import {
  assetHashSchema,
  documentSchema,
  maskSchema,
  maximumSiblings,
  styleParametersSchema,
} from "../document/document.ts";
import { mergeScopeSchema } from "../document/merge.ts";
import { operationSchema } from "../document/operation.ts";
import { qualitySchema } from "../training-quality.ts";
import {
  engineDescriptionSchema,
  extraLossesSchema,
  failureSchema,
  judgedSchema,
  mostStylePictures,
  recipes,
  trainingSizes,
} from "./engine.ts";
import { rasterSchema } from "./raster.ts";

/**
 * Every call and event between a page (or the CLI) and the studio. One map types both ends; every payload is parsed
 * where it arrives. Bytes travel as Uint8Array: structured clone in Electron, MessagePack over the browser host's socket.
 */

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(255);
const nothing = z.strictObject({});
/** Operations of one step: as many as there may be layers side by side. */
const mostOperations = maximumSiblings;
/** Milliseconds since 1970. */
const time = z.int();

export const projectSummarySchema = z.strictObject({
  id,
  name: z.string(),
  createdAt: time,
  updatedAt: time,
  thumbnail: assetHashSchema.nullable(),
});
export type ProjectSummary = z.infer<typeof projectSummarySchema>;

const trashedProjectSchema = projectSummarySchema.extend({ trashedAt: time });
export type TrashedProject = z.infer<typeof trashedProjectSchema>;

const historyEntrySchema = z.strictObject({
  id: z.int(),
  label: z.string(),
});

/** A project as the page shows it: the document now, and the named steps on either side of it. */
export const projectStateSchema = z.strictObject({
  id,
  name: z.string(),
  /** Grows by one with every change; a page that missed some asks again. */
  revision: z.int(),
  document: documentSchema,
  history: z.strictObject({
    /** Oldest first; the ones after `position` can be redone. */
    entries: z.array(historyEntrySchema),
    /** How many entries are applied. */
    position: z.int(),
  }),
});
export type ProjectState = z.infer<typeof projectStateSchema>;

export const assetSchema = z.strictObject({
  hash: assetHashSchema,
  width: z.int(),
  height: z.int(),
  depth: z.union([z.literal(8), z.literal(16)]),
  alpha: z.boolean(),
});
export type Asset = z.infer<typeof assetSchema>;

export const styleOrigins = [
  "bundled",
  "trained",
  "imported",
  "instant",
] as const;

export const styleSchema = z.strictObject({
  /** The model's id. */
  id,
  name: z.string(),
  recipe: z.string(),
  /** "instant": predicted from pictures, for the base model's generator. */
  origin: z.enum(styleOrigins),
  thumbnail: assetHashSchema.nullable(),
  /** It can be mixed with others that can. */
  mixes: z.boolean(),
  /** Its depth can be chosen. */
  hasDepth: z.boolean(),
  licence: z.string(),
  credit: z.string(),
  createdAt: time,
});
export type Style = z.infer<typeof styleSchema>;

export const jobStates = [
  "waiting",
  "running",
  "paused",
  "done",
  "failed",
  "cancelled",
] as const;

const trainingPointSchema = z.strictObject({
  step: z.int(),
  losses: z.record(z.string(), z.number()),
  /** What the last judgement by then said of pictures that were set aside; lower is better. */
  score: z.number().nullable().default(null),
});

export const jobSchema = z.strictObject({
  id,
  kind: z.enum(["stylize", "train"]),
  /** For people: "Hokusai on bridge.jpg". */
  title: z.string(),
  state: z.enum(jobStates),
  priority: z.int(),
  /** 0 to 1, or null while it is not known. */
  progress: z.number().nullable(),
  /** Seconds left, where it can be told. */
  secondsLeft: z.number().nullable(),
  failure: failureSchema.nullable(),
  projectId: z.string().nullable(),
  layerId: z.string().nullable(),
  /** The model that a training made. */
  modelId: z.string().nullable(),
  training: z
    .strictObject({
      step: z.int(),
      steps: z.int().nullable(),
      stepsPerSecond: z.number(),
      /** How it does on pictures that were set aside, now and at its best. */
      judged: judgedSchema.nullable().default(null),
      /** What the artist should know about the pictures, a sentence each. */
      advice: z.array(z.string()).default([]),
      /** A thinned curve, oldest first. */
      curve: z.array(trainingPointSchema),
      /** Newest sample pictures, by test picture. */
      samples: z.array(
        z.strictObject({ step: z.int(), asset: assetHashSchema }),
      ),
    })
    .nullable(),
  createdAt: time,
});
export type Job = z.infer<typeof jobSchema>;

const refusalSchema = z.strictObject({
  name: z.string(),
  reason: z.string(),
});

export const datasetSchema = z.strictObject({
  id,
  accepted: z.array(
    z.strictObject({
      name: z.string(),
      asset: assetHashSchema,
      /** What was done to it before it was fit to learn from; null for nothing that matters. */
      note: z.string().nullable(),
    }),
  ),
  refused: z.array(refusalSchema),
});
export type Dataset = z.infer<typeof datasetSchema>;

/** "fude" is the project itself, with its history and the styles that the artist made. */
export const exportFormats = [
  "png",
  "jpeg",
  "webp",
  "tiff",
  "psd",
  "fude",
] as const;

export const studioCalls = {
  describe: {
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      dataFolder: z.string(),
      engine: engineDescriptionSchema.nullable(),
    }),
  },

  listProjects: { input: nothing, output: z.array(projectSummarySchema) },
  /**
   * A new project from a picture: the document takes its size, the picture is its first layer. A PSD brings its layers, a
   * `.fude` file all that it holds; `notes` says what of it could not come as it was, a sentence each.
   */
  createProject: {
    input: z.strictObject({
      name,
      bytes: z.instanceof(Uint8Array),
      /** Takes pictures only, and of a PSD the merged one in place of its layers. */
      merged: z.boolean().optional(),
    }),
    output: projectStateSchema.extend({ notes: z.array(z.string()) }),
  },
  openProject: {
    input: z.strictObject({ projectId: id }),
    output: projectStateSchema,
  },
  /** A project of ours to look around in: a picture, and where there are styles, one laid over half of it. */
  createSample: { input: nothing, output: projectStateSchema },
  renameProject: {
    input: z.strictObject({ projectId: id, name }),
    output: nothing,
  },
  /** A second project with the same document and history. */
  duplicateProject: {
    input: z.strictObject({ projectId: id }),
    output: projectSummarySchema,
  },
  /** Removes a project for good. */
  deleteProject: { input: z.strictObject({ projectId: id }), output: nothing },
  /** Takes a project out of the list; it stays whole, for `restoreProject`. */
  trashProject: { input: z.strictObject({ projectId: id }), output: nothing },
  restoreProject: { input: z.strictObject({ projectId: id }), output: nothing },
  listTrash: { input: nothing, output: z.array(trashedProjectSchema) },
  /** Removes all that is in the trash for good. */
  emptyTrash: { input: nothing, output: nothing },

  /** The layers of a PSD, their pictures stored, for a document to take in; `notes` as of `createProject`. */
  importLayers: {
    input: z.strictObject({ name, bytes: z.instanceof(Uint8Array) }),
    output: z.strictObject({
      document: documentSchema,
      notes: z.array(z.string()),
    }),
  },
  /** Decodes, turns upright, converts to the working space and stores; refuses with a reason. */
  importPicture: {
    input: z.strictObject({ name, bytes: z.instanceof(Uint8Array) }),
    output: assetSchema,
  },
  /**
   * Keeps the pixels of a mask, for an operation to set: grey, one byte a pixel, rows from the top. The same pixels again
   * are the same asset again.
   */
  storeMask: {
    input: z
      .strictObject({
        width: z.int().min(1),
        height: z.int().min(1),
        samples: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
      })
      .refine(
        ({ width, height, samples }) => samples.length === width * height,
        "the number of samples does not fit the size",
      ),
    output: assetSchema,
  },
  /** One named step of history. Refused (`conflict`) when `revision` is not the project's. */
  applyOperations: {
    input: z.strictObject({
      projectId: id,
      revision: z.int(),
      label: z.string().min(1).max(120),
      operations: z.array(operationSchema).min(1).max(mostOperations),
    }),
    output: projectStateSchema,
  },
  /**
   * Makes one picture layer of several, as one named step of history, with the pixels that an export of them would have.
   * `mergeProgressed` tells how far it is. Refused (`conflict`) when the project changes meanwhile or is being merged already.
   */
  mergeLayers: {
    input: z.strictObject({
      projectId: id,
      revision: z.int(),
      label: z.string().min(1).max(120),
      scope: mergeScopeSchema,
    }),
    output: z.strictObject({
      project: projectStateSchema,
      /** The merged layer. */
      layerId: id,
      /** How many hidden layers are gone with the others without being part of the picture. */
      leftOut: z.int(),
    }),
  },
  /** Ends a merge that is under way; nothing has changed then. */
  cancelMerge: { input: z.strictObject({ projectId: id }), output: nothing },
  /** Moves along the history to where `position` entries are applied. */
  moveInHistory: {
    input: z.strictObject({ projectId: id, position: z.int().min(0) }),
    output: projectStateSchema,
  },

  /**
   * The steps of the history before the present one whose pictures are all still there, the latest first; 0 stands for
   * the start.
   */
  listEarlier: {
    input: z.strictObject({ projectId: id }),
    output: z.array(
      z.strictObject({ step: z.int().min(0), label: z.string() }),
    ),
  },
  /** The document as it was after a step of the history, to be looked at; the project stays as it is. */
  documentAfter: {
    input: z.strictObject({ projectId: id, step: z.int().min(0) }),
    output: documentSchema,
  },

  /**
   * Pixels for the clipboard, as PNG: of some layers as opaque as they can be, or of all as they are seen; of those what
   * a mask shows.
   */
  copyPixels: {
    input: z.strictObject({
      projectId: id,
      layerIds: z.array(id).min(1).max(1000).nullable(),
      within: maskSchema.nullable(),
    }),
    /** (x, y): where their top left corner lay, in document pixels. */
    output: z.strictObject({
      png: z.instanceof(Uint8Array),
      x: z.int(),
      y: z.int(),
    }),
  },
  /** Which of these pictures the library does not have. */
  missingAssets: {
    input: z.strictObject({ assets: z.array(assetHashSchema).max(50_000) }),
    output: z.array(assetHashSchema),
  },

  /** Queues the making of a styled layer's result. A waiting or running job of the same layer gives way to it. */
  stylizeLayer: {
    input: z.strictObject({ projectId: id, layerId: id }),
    output: jobSchema,
  },
  /**
   * Paints a styled layer small, with parameters that it may yet get: for a hand that is on a control. It waits for
   * nothing else that the engine does. At most one of a layer is under way: the next one ends it (`cancelled`).
   */
  previewStyle: {
    input: z.strictObject({
      projectId: id,
      layerId: id,
      style: styleParametersSchema,
    }),
    output: z.strictObject({
      /** RGB or RGBA, 8 bit; the longest side has 512 pixels at most. */
      picture: rasterSchema,
      /** Size of the layer's picture. */
      width: z.int(),
      height: z.int(),
    }),
  },
  /** Ends the preview of a layer that is under way, if any. */
  endPreview: {
    input: z.strictObject({ projectId: id, layerId: id }),
    output: nothing,
  },
  /**
   * Makes a style of a published network's weights (PyTorch checkpoint or safetensors); refuses with a reason that
   * names the file.
   */
  importModel: {
    input: z.strictObject({
      fileName: name,
      bytes: z.instanceof(Uint8Array),
      /** Null or absent: the file's own. */
      name: name.nullish(),
    }),
    /** `recognised` says for people which network it is. */
    output: z.strictObject({ style: styleSchema, recognised: z.string() }),
  },
  /** A style as one safetensors file that PyTorch loads, with its card. */
  exportModel: {
    input: z.strictObject({ styleId: id }),
    output: z.strictObject({
      name: z.string(),
      bytes: z.instanceof(Uint8Array),
      recognised: z.string(),
    }),
  },
  /**
   * A style from pictures in one pass, without training; the same pictures again are the same style again. A file that
   * is no good is refused by its name.
   */
  styleFromPictures: {
    input: z.strictObject({
      pictures: z
        .array(z.strictObject({ name, bytes: z.instanceof(Uint8Array) }))
        .min(1)
        .max(mostStylePictures),
      /** Null or absent: the first picture's. */
      name: name.nullish(),
    }),
    output: styleSchema,
  },
  /** Removes a style that the artist trained or imported. Bundled ones are refused. */
  deleteStyle: { input: z.strictObject({ styleId: id }), output: nothing },
  listStyles: { input: nothing, output: z.array(styleSchema) },

  createDataset: { input: nothing, output: datasetSchema },
  /** Adds one file to a dataset; a file that is no good lands in `refused`, with the reason. */
  addToDataset: {
    input: z.strictObject({
      datasetId: id,
      name,
      bytes: z.instanceof(Uint8Array),
    }),
    output: datasetSchema,
  },
  /**
   * How long a training of these pictures would take here. The first time the engine takes some real steps for it, about
   * five seconds; then the machine's pace is known.
   */
  estimateTraining: {
    input: z.strictObject({
      drawings: id,
      photos: id.nullable(),
      recipe: z.enum(recipes).optional(),
      size: z.enum(trainingSizes).optional(),
      extraLosses: extraLossesSchema.optional(),
    }),
    output: z.strictObject({
      /** Minutes by quality; null while the engine is busy with something else. */
      minutes: z.record(qualitySchema, z.number()).nullable(),
      /** What the artist should know about the pictures, a sentence each. */
      advice: z.array(z.string()),
    }),
  },
  startTraining: {
    input: z.strictObject({
      name,
      drawings: id,
      /** Dataset of photographs to practise on; with null it practises on the drawings and on scenes that Fude draws. */
      photos: id.nullable(),
      /** Absent: "personal". The others need photographs. */
      recipe: z.enum(recipes).optional(),
      /** Absent: the published one, of recipes that have sizes. */
      size: z.enum(trainingSizes).optional(),
      /** "good" unless said otherwise; `minutes` or `steps` take its place. */
      quality: qualitySchema.optional(),
      minutes: z.number().min(0.05).max(10_000).nullable(),
      steps: z.int().min(1).nullable(),
      seed: z.int().min(0).optional(),
      extraLosses: extraLossesSchema.optional(),
    }),
    output: jobSchema,
  },

  listJobs: { input: nothing, output: z.array(jobSchema) },
  cancelJob: { input: z.strictObject({ jobId: id }), output: nothing },
  pauseJob: { input: z.strictObject({ jobId: id }), output: nothing },
  resumeJob: { input: z.strictObject({ jobId: id }), output: nothing },
  /** Ends a training now and keeps what it has learned. */
  finishJob: { input: z.strictObject({ jobId: id }), output: nothing },

  /** Renders a project to a file; the host hands it to the artist (download or save dialog). */
  exportProject: {
    input: z.strictObject({ projectId: id, format: z.enum(exportFormats) }),
    output: z.strictObject({
      name: z.string(),
      bytes: z.instanceof(Uint8Array),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type StudioCalls = typeof studioCalls;
export type StudioCall = keyof StudioCalls;
export type Input<C extends StudioCall> = z.input<StudioCalls[C]["input"]>;
export type Output<C extends StudioCall> = z.output<StudioCalls[C]["output"]>;

export const studioEvents = {
  projectChanged: projectStateSchema,
  mergeProgressed: z.strictObject({
    projectId: id,
    /** 0 to 1. */
    progress: z.number(),
  }),
  jobChanged: jobSchema,
  stylesChanged: z.array(styleSchema),
  engineChanged: z.strictObject({
    state: z.enum(["starting", "ready", "lost"]),
    description: engineDescriptionSchema.nullable(),
  }),
} as const satisfies Record<string, z.ZodType>;

export type StudioEvents = typeof studioEvents;
export type StudioEvent = keyof StudioEvents;
export type EventPayload<E extends StudioEvent> = z.output<StudioEvents[E]>;

/** The studio as its hosts and the page see it: the same shape in process, over a socket and over Electron's IPC. */
export interface StudioClient {
  call<C extends StudioCall>(name: C, input: Input<C>): Promise<Output<C>>;
  /** @returns a function that stops listening */
  on<E extends StudioEvent>(
    name: E,
    listener: (payload: EventPayload<E>) => void,
  ): () => void;
}
