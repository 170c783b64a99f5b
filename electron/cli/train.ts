import { basename } from "node:path";
import type {
  ExtraLoss,
  RecipeName,
  TrainingSize,
} from "../../common/contract/engine.ts";
import type { Dataset, Input, Job } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { Quality } from "../../common/training-quality.ts";
import type { Studio } from "../studio/studio.ts";
import { readNetwork } from "../studio/weights.ts";
import type { Surroundings } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { filesIn, readInput } from "./input-files.ts";
import { duration, type Report } from "./report.ts";
import { UsageFailure } from "./usage-failure.ts";
import {
  expectDone,
  jobEnded,
  resourcesFolder,
  withStudio,
} from "./with-studio.ts";

interface TrainOptions {
  name: string;
  recipe: RecipeName;
  size?: TrainingSize;
  drawings?: string;
  photos?: string;
  quality: Quality;
  minutes?: number;
  steps?: number;
  seed?: number;
  extra?: Partial<Record<ExtraLoss, number>>;
  resume?: boolean;
}

/** `fude train`: a folder becomes a style. */
export async function train(
  surroundings: Surroundings,
  options: TrainOptions,
): Promise<ExitCode> {
  const { report, interrupt } = surroundings;
  checkOptions(options);
  if ((await readNetwork(resourcesFolder, "base")) === null)
    report.notice(
      { missing: "base" },
      "There is no base model: the training starts from random weights and takes longer.",
    );
  return withStudio(surroundings, async (studio) => {
    const begun = options.resume
      ? await resumeTraining(studio, options.name)
      : await beginTraining(studio, options, report, interrupt);
    const pause = () => {
      // A failure to pause shows in the job, which is awaited below.
      studio.call("pauseJob", { jobId: begun.id }).catch(() => {});
    };
    if (interrupt.aborted) pause();
    interrupt.addEventListener("abort", pause, { once: true });
    const job = await jobEnded(studio, begun.id, (now) => tell(now, report));
    if (job.state === "paused") return paused(job, report);
    expectDone(job);
    report.result(
      { styleId: job.modelId, name: job.title, job },
      `The style “${job.title}” is ready after ${job.training?.step} steps.`,
    );
    return exitCodes.done;
  });
}

function checkOptions(options: TrainOptions): void {
  if (options.minutes !== undefined && options.steps !== undefined)
    throw new UsageFailure("Give either --minutes or --steps, not both.");
  if (!options.resume && options.drawings === undefined)
    throw new UsageFailure(
      "--drawings is missing: the folder of drawings to learn from.",
    );
  if (
    !options.resume &&
    options.recipe !== "personal" &&
    options.photos === undefined
  )
    throw new UsageFailure(
      `--photos is missing: the recipe “${options.recipe}” learns from photographs as well.`,
    );
}

async function resumeTraining(studio: Studio, name: string): Promise<Job> {
  const jobs = await studio.call("listJobs", {});
  const job = jobs.find(
    ({ kind, title, state }) =>
      kind === "train" &&
      title === name &&
      state !== "done" &&
      state !== "cancelled",
  );
  if (job === undefined)
    throw new Failure("not-found", `No training of “${name}” is unfinished.`, {
      subject: name,
    });
  await studio.call("resumeJob", { jobId: job.id });
  return job;
}

async function beginTraining(
  studio: Studio,
  options: TrainOptions,
  report: Report,
  interrupt: AbortSignal,
): Promise<Job> {
  const gather = (folder: string) =>
    gatherPictures(studio, folder, report, interrupt);
  const drawings = await gather(options.drawings!);
  const photos =
    options.photos === undefined ? null : await gather(options.photos);
  const work = {
    drawings,
    photos,
    recipe: options.recipe,
    ...(options.size !== undefined && { size: options.size }),
    ...(options.extra !== undefined && { extraLosses: options.extra }),
  };
  if (options.minutes === undefined && options.steps === undefined)
    await tellEstimate(studio, work, options.quality, report);
  const job = await studio.call("startTraining", {
    ...work,
    name: options.name,
    quality: options.quality,
    minutes: options.minutes ?? null,
    steps: options.steps ?? null,
    ...(options.seed !== undefined && { seed: options.seed }),
  });
  for (const advice of job.training?.advice ?? [])
    report.notice({ advice }, advice);
  return job;
}

async function tellEstimate(
  studio: Studio,
  work: Input<"estimateTraining">,
  quality: Quality,
  report: Report,
): Promise<void> {
  report.progress({ stage: "timing" }, "Timing a few steps…");
  const { minutes } = await studio.call("estimateTraining", work);
  if (minutes === null) return;
  const choices = Object.entries(minutes).map(
    ([name, each]) => `${name} ${duration(60 * each)}`,
  );
  // A published recipe has a length of its own, whatever the quality.
  const differ = minutes.quick !== minutes.fine;
  report.notice(
    { quality, minutes },
    `This takes about ${duration(60 * minutes[quality])}${differ ? ` (${choices.join(", ")})` : ""}.`,
  );
}

/** @returns the id of the dataset; every file that is no good is named, with the reason */
async function gatherPictures(
  studio: Studio,
  folder: string,
  report: Report,
  interrupt: AbortSignal,
): Promise<string> {
  const paths = await filesIn(folder);
  let dataset: Dataset = await studio.call("createDataset", {});
  const datasetId = dataset.id;
  for (const [index, path] of paths.entries()) {
    if (interrupt.aborted)
      throw new Failure("cancelled", "Ended before the training began.");
    const before = dataset.refused.length;
    try {
      const bytes = await readInput(path);
      const name = basename(path);
      dataset = await studio.call("addToDataset", { datasetId, name, bytes });
      const refusal = dataset.refused[before];
      const note = dataset.accepted.at(-1)?.note ?? null;
      if (refusal !== undefined) refused(path, refusal.reason, report);
      else if (note !== null)
        report.notice({ file: path, note }, `${path}: ${note}`);
    } catch (error) {
      const failure = Failure.from(error);
      if (failure.subject !== path) throw failure;
      refused(path, failure.message, report);
    }
    const done = index + 1;
    report.progress(
      { stage: "reading", folder, done, total: paths.length },
      `Reading ${folder}: ${done} of ${paths.length}`,
    );
  }
  if (dataset.accepted.length === 0)
    throw new Failure(
      "invalid",
      `${folder} holds no picture that can be used.`,
      {
        subject: folder,
        hint: "Name a folder of PNG, JPEG, WebP or TIFF pictures.",
      },
    );
  return datasetId;
}

function refused(path: string, reason: string, report: Report): void {
  report.notice({ refused: path, reason }, `Left out ${path}: ${reason}`);
}

function tell(job: Job, report: Report): void {
  const { training } = job;
  if (job.state !== "running" || training === null) return;
  const { step, steps, stepsPerSecond } = training;
  const { judged } = training;
  const loss = training.curve.at(-1)?.losses.total;
  const parts = [
    `${job.title}: step ${step}${steps === null ? "" : ` of ${steps}`}`,
    ...(loss === undefined ? [] : [`loss ${loss.toPrecision(4)}`]),
    ...(judged === null ? [] : [`best so far at step ${judged.bestStep}`]),
    ...(stepsPerSecond > 0 ? [`${stepsPerSecond.toFixed(2)} steps/s`] : []),
    ...(job.secondsLeft === null ? [] : [`${duration(job.secondsLeft)} left`]),
  ];
  report.progress(
    {
      stage: "training",
      jobId: job.id,
      step,
      steps,
      losses: training.curve.at(-1)?.losses ?? null,
      judged,
      stepsPerSecond,
      progress: job.progress,
      secondsLeft: job.secondsLeft,
    },
    parts.join(", "),
  );
}

function paused(job: Job, report: Report): ExitCode {
  const step = job.training?.step ?? 0;
  const again = `fude train --resume --name ${quoted(job.title)}`;
  report.result(
    { paused: true, jobId: job.id, step, resume: again },
    `Stopped at step ${step}; nothing is lost. To go on: ${again}`,
  );
  return exitCodes.cancelled;
}

function quoted(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : JSON.stringify(word);
}
