import { z } from "zod";
import {
  recipes,
  trainingSettingsSchema,
} from "../../../common/contract/engine.ts";
import type { Job } from "../../../common/contract/studio.ts";
import {
  assetHashSchema,
  confinementSchema,
  styleParametersSchema,
} from "../../../common/document/document.ts";
import type { JobRecord } from "../library/jobs.ts";

export const namedPictureSchema = z.strictObject({
  name: z.string(),
  asset: assetHashSchema,
});
export type NamedPicture = z.infer<typeof namedPictureSchema>;

/** What a job has to do, complete enough to begin anew in another process after a crash. */
export const jobTaskSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("stylize"),
    source: assetHashSchema,
    style: styleParametersSchema,
    confinement: confinementSchema.optional(),
    /** What came of it. */
    result: assetHashSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal("train"),
    name: z.string(),
    recipe: z.enum(recipes),
    settings: trainingSettingsSchema,
    drawings: z.array(namedPictureSchema),
    photos: z.array(namedPictureSchema),
    samples: z.array(namedPictureSchema),
    /** Step of the checkpoint on disk, null while there is none. */
    checkpointStep: z.int().nullable(),
  }),
]);
export type JobTask = z.infer<typeof jobTaskSchema>;
export type StylizeTask = Extract<JobTask, { kind: "stylize" }>;
export type TrainTask = Extract<JobTask, { kind: "train" }>;

/** A job in the queue: the library's record with its task read, and what only matters while it runs. */
export interface QueuedJob extends Omit<JobRecord, "payload"> {
  task: JobTask;
  secondsLeft: number | null;
}

/** @throws ZodError where the task is not one that this version knows */
export function fromRecord({ payload, ...record }: JobRecord): QueuedJob {
  return { ...record, task: jobTaskSchema.parse(payload), secondsLeft: null };
}

export function toRecord(job: QueuedJob): JobRecord {
  const { task, secondsLeft: _, ...record } = job;
  return { ...record, payload: task };
}

/** The job as the page sees it. */
export function toJob(job: QueuedJob): Job {
  const { task, attempts, checkpoint, updatedAt, ...shown } = job;
  return shown;
}
