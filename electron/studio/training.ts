import { randomInt, randomUUID } from "node:crypto";
import type { TrainingSettings } from "../../common/contract/engine.ts";
import type { Dataset } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { Quality } from "../../common/training-quality.ts";
import type { Answers, Context } from "./context.ts";
import type { Datasets } from "./datasets.ts";
import { type NamedPicture, type QueuedJob, toJob } from "./engine/job.ts";
import type { JobQueue } from "./engine/queue.ts";
import { priorities } from "./engine/queue-plan.ts";
import { recipeSettings } from "./recipe-settings.ts";
import { trainingAdvice } from "./training-advice.ts";
import { paceOf } from "./training-pace.ts";

/** More pictures than these are seen too seldom to matter, and would fill the memory: evenly chosen ones stand in. */
const most = { drawings: 400, photos: 300, samples: 3 };

type TrainingCalls =
  | "estimateTraining"
  | "startTraining"
  | "listJobs"
  | "cancelJob"
  | "pauseJob"
  | "resumeJob"
  | "finishJob";

/** Finished jobs that a page is shown; unfinished ones are always shown. */
const shownJobs = 100;

export function trainingCalls(
  context: Context,
  queue: JobQueue,
  datasets: Datasets,
): Answers<TrainingCalls> {
  return {
    async estimateTraining({ drawings, photos, ...wish }) {
      const { advice, ...pictures } = picturesOf(datasets, drawings, photos);
      if (pictures.drawings.length === 0) return { minutes: null, advice };
      const settingsFor = (quality: Quality) =>
        recipeSettings(
          { ...wish, quality, minutes: null, steps: null, seed: 1 },
          pictures,
        );
      const pace = await paceOf(context, {
        ...pictures,
        name: "estimate",
        samples: [],
        settings: settingsFor("fine"),
      });
      if (pace === null) return { minutes: null, advice };
      const minutes = (quality: Quality) =>
        (pace.setUp + settingsFor(quality).steps! * pace.step) / 60;
      return {
        minutes: {
          quick: minutes("quick"),
          good: minutes("good"),
          fine: minutes("fine"),
        },
        advice,
      };
    },

    startTraining({ name, drawings, photos, seed, ...wish }) {
      const { advice, ...pictures } = picturesOf(datasets, drawings, photos);
      if (pictures.drawings.length === 0)
        throw nothingToLearnFrom(name, datasets.get(drawings));
      const settings = recipeSettings(
        { ...wish, seed: seed ?? randomInt(2 ** 32) },
        pictures,
      );
      const job = trainingJob(
        { name: name.trim(), ...pictures, settings },
        advice,
      );
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

/** Those that are trained on, and what the artist should know about them. */
function picturesOf(
  datasets: Datasets,
  drawingsId: string,
  photosId: string | null,
) {
  const own = datasets.get(drawingsId);
  const others = photosId === null ? null : datasets.get(photosId);
  const content = others?.accepted.length ? others.accepted : own.accepted;
  return {
    drawings: evenly(own.accepted, most.drawings).map(named),
    photos: evenly(others?.accepted ?? [], most.photos).map(named),
    samples: evenly(content, most.samples).map(named),
    advice: trainingAdvice(own, others, most),
  };
}

function named({ name, asset }: NamedPicture): NamedPicture {
  return { name, asset };
}

function nothingToLearnFrom(name: string, { refused }: Dataset): Failure {
  const [first] = refused;
  return new Failure(
    "invalid",
    `There is no drawing to train “${name}” on.${first ? ` ${first.reason}` : ""}`,
    { subject: name, hint: "Add a folder that holds your drawings." },
  );
}

function trainingJob(
  task: {
    name: string;
    settings: TrainingSettings;
    drawings: NamedPicture[];
    photos: NamedPicture[];
    samples: NamedPicture[];
  },
  advice: string[],
): QueuedJob {
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
      judged: null,
      advice,
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
