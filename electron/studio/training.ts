import { randomInt, randomUUID } from "node:crypto";
import type { TrainingSettings } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import type { Answers } from "./context.ts";
import type { Datasets } from "./datasets.ts";
import { type NamedPicture, type QueuedJob, toJob } from "./engine/job.ts";
import type { JobQueue } from "./engine/queue.ts";
import { priorities } from "./engine/queue-plan.ts";

/**
 * The settings of the recipe "personal" (`docs/models.md`), measured on two CPU cores. With less total variation a fine
 * screen stays in even areas for hundreds of steps.
 */
const personal = {
  recipe: "personal",
  batch: 4,
  crop: 160,
  contentWeight: 1,
  styleWeight: 5,
  totalVariationWeight: 2,
} as const satisfies Partial<TrainingSettings>;

/** What an artist gets who names neither minutes nor steps. */
const usualMinutes = 10;

/** More pictures than these are seen too seldom to matter, and would fill the memory: evenly chosen ones stand in. */
const most = { drawings: 400, photos: 300, samples: 3 };

type TrainingCalls =
  | "startTraining"
  | "listJobs"
  | "cancelJob"
  | "pauseJob"
  | "resumeJob"
  | "finishJob";

/** Finished jobs that a page is shown; unfinished ones are always shown. */
const shownJobs = 100;

export function trainingCalls(
  queue: JobQueue,
  datasets: Datasets,
): Answers<TrainingCalls> {
  return {
    startTraining({ name, drawings, photos, minutes, steps, ...rest }) {
      const { seed = randomInt(2 ** 32), extraLosses } = rest;
      const own = datasets.get(drawings).accepted;
      if (own.length === 0)
        throw new Failure(
          "invalid",
          `There is no drawing to train “${name}” on.`,
          { subject: name, hint: "Add a folder that holds your drawings." },
        );
      const others = photos === null ? [] : datasets.get(photos).accepted;
      const job = trainingJob({
        name: name.trim(),
        drawings: evenly(own, most.drawings),
        photos: evenly(others, most.photos),
        samples: evenly(others.length > 0 ? others : own, most.samples),
        settings: {
          ...personal,
          ...(extraLosses && { extraLosses }),
          seed,
          steps,
          minutes: steps === null ? (minutes ?? usualMinutes) : null,
        },
      });
      queue.add(job);
      return toJob(job);
    },

    listJobs() {
      const jobs = queue.list();
      const ended = (job: QueuedJob) =>
        job.state === "done" || job.state === "cancelled";
      const kept = new Set(jobs.filter(ended).slice(0, shownJobs));
      return jobs.filter((job) => !ended(job) || kept.has(job)).map(toJob);
    },

    async cancelJob({ jobId }) {
      await queue.cancel(jobId);
      return {};
    },
    async pauseJob({ jobId }) {
      await queue.pause(jobId);
      return {};
    },
    resumeJob({ jobId }) {
      queue.resume(jobId);
      return {};
    },
    async finishJob({ jobId }) {
      await queue.finish(jobId);
      return {};
    },
  };
}

function trainingJob(task: {
  name: string;
  settings: TrainingSettings;
  drawings: NamedPicture[];
  photos: NamedPicture[];
  samples: NamedPicture[];
}): QueuedJob {
  const now = Date.now();
  return {
    id: randomUUID(),
    kind: "train",
    title: task.name,
    state: "waiting",
    priority: priorities.train,
    progress: null,
    secondsLeft: null,
    failure: null,
    projectId: null,
    layerId: null,
    modelId: null,
    training: {
      step: 0,
      steps: task.settings.steps,
      stepsPerSecond: 0,
      curve: [],
      samples: [],
    },
    checkpoint: null,
    attempts: 0,
    createdAt: now,
    updatedAt: now,
    task: {
      kind: "train",
      recipe: task.settings.recipe,
      checkpointStep: null,
      ...task,
    },
  };
}

/** At most `count` of the items, at even distances, the first among them. */
export function evenly<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)]!,
  );
}
