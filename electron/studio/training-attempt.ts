import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import type { Context } from "./context.ts";
import type { Attempt, JobChange } from "./engine/attempt.ts";
import type { EngineRun, HowToEnd } from "./engine/engine.ts";
import type { QueuedJob, TrainTask } from "./engine/job.ts";
import { cutCurve, extendCurve, secondsLeft } from "./engine/queue-plan.ts";
import { storeRaster } from "./pictures.ts";
import { keepTrainedModel } from "./trained-model.ts";
import { keepPace } from "./training-pace.ts";
import { trainingRequest } from "./training-request.ts";
import { writeFailure, writeFileAtomically } from "./write-file.ts";

const checkpointFile = "checkpoint.safetensors";

type OfKind<Kind extends EngineEvent["kind"]> = Extract<
  EngineEvent,
  { kind: Kind }
>;

/** Seconds between two checkpoints: what a crash may cost. */
export const usualCheckpointEvery = 30;

function jobFolder(context: Context, jobId: string): string {
  return join(context.dataFolder, "jobs", jobId);
}

/** Clears away what only a job that goes on would need. */
export async function forgetTraining(
  context: Context,
  job: QueuedJob,
): Promise<void> {
  await rm(jobFolder(context, job.id), { recursive: true, force: true });
  job.checkpoint = null;
}

/** One life of a training: from its checkpoint, if there is one, to its end, a pause or a crash. */
export function beginTraining(
  context: Context,
  job: QueuedJob,
  task: TrainTask,
  update: (change: JobChange) => void,
  checkpointEvery: number,
): Attempt {
  let run: EngineRun | null = null;
  let ended: HowToEnd | null = null;
  const end = (how: HowToEnd) => {
    ended = how;
    run?.end(how);
  };
  const work = async (): Promise<"done" | "paused"> => {
    const checkpoint = await readCheckpoint(context, job);
    if (job.training !== null)
      update({
        training: {
          ...job.training,
          step: checkpoint === null ? 0 : (task.checkpointStep ?? 0),
          curve: cutCurve(job.training.curve, task.checkpointStep ?? 0),
        },
      });
    const request = await trainingRequest(context, task);
    if (ended !== null && ended !== "finish")
      throw new Failure("cancelled", `“${job.title}” was stopped.`);
    const keeper = keepCheckpoints(context, job, task, update, () =>
      end("discard"),
    );
    const samples = keepSamples(context, job, update);
    run = context.engine.run(
      { ...request, checkpoint, checkpointEvery },
      (event) => {
        if (event.kind === "training") update(progressOf(job, event));
        else if (event.kind === "checkpoint") keeper.keep(event);
        else if (event.kind === "sample") samples.keep(event);
      },
    );
    if (ended !== null) run.end(ended);
    try {
      const outcome = await run.outcome;
      await samples.settled();
      if (outcome.kind === "paused") {
        await keeper.settled();
        return "paused";
      }
      // A checkpoint that could not be written matters no more; one that is being written must not outlive the job.
      await keeper.settled().catch(() => {});
      if (outcome.kind !== "trained")
        throw new Failure("engine-failed", `“${job.title}” gave no style.`);
      keepPace(context, task.settings, outcome);
      const modelId = await keepTrainedModel(context, job, task, outcome);
      update({ modelId });
      return "done";
    } catch (error) {
      // What could not be written is the reason; that the engine was stopped for it is not.
      await keeper.settled();
      throw error;
    }
  };
  return { outcome: work(), end };
}

async function readCheckpoint(
  context: Context,
  job: QueuedJob,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (job.checkpoint === null) return null;
  const path = join(jobFolder(context, job.id), job.checkpoint);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Failure("unreadable", `The checkpoint ${path} cannot be read.`, {
      subject: path,
      hint: "Start the training anew.",
      cause,
    });
  }
}

/** Writes checkpoints one after the other; a newer one that arrives meanwhile takes the place of those that wait. */
function keepCheckpoints(
  context: Context,
  job: QueuedJob,
  task: TrainTask,
  update: (change: JobChange) => void,
  onFault: () => void,
) {
  const folder = jobFolder(context, job.id);
  let next: OfKind<"checkpoint"> | null = null;
  let writing: Promise<void> | null = null;
  let fault: Failure | null = null;
  const writeAll = async () => {
    while (next !== null) {
      const { bytes, step } = next;
      next = null;
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        throw writeFailure(folder, error);
      });
      await writeFileAtomically(join(folder, checkpointFile), bytes);
      // Work that is safe on disk counts as progress: the engine may be lost again without ending the job.
      update({
        checkpoint: checkpointFile,
        task: { ...task, checkpointStep: step },
        attempts: 1,
      });
    }
  };
  return {
    keep(event: OfKind<"checkpoint">) {
      next = event;
      writing ??= writeAll()
        .catch((error: unknown) => {
          fault = Failure.from(error);
          onFault();
        })
        .finally(() => {
          writing = null;
        });
    },
    /** @throws Failure where a checkpoint could not be written */
    async settled() {
      await writing;
      if (fault !== null) throw fault;
    },
  };
}

/** Stores samples as they come; of each picture the job shows the newest. */
function keepSamples(
  context: Context,
  job: QueuedJob,
  update: (change: JobChange) => void,
) {
  let storing = Promise.resolve();
  const store = async ({ step, index, picture }: OfKind<"sample">) => {
    const { hash } = await storeRaster(context, picture);
    if (job.training === null) return;
    const samples = [...job.training.samples];
    samples[index] = { step, asset: hash };
    // Samples come in order, so no place before one is ever empty.
    update({ training: { ...job.training, samples } });
  };
  return {
    keep(event: OfKind<"sample">) {
      storing = storing
        .then(() => store(event))
        .catch((error: unknown) =>
          context.log.warn({ error }, "a sample could not be stored"),
        );
    },
    settled: () => storing,
  };
}

function progressOf(job: QueuedJob, event: OfKind<"training">): JobChange {
  const { step, steps, losses, judged, stepsPerSecond } = event;
  const score = judged?.last.score ?? null;
  return {
    progress: step / steps,
    secondsLeft: secondsLeft(step, steps, stepsPerSecond),
    training: {
      step,
      steps,
      stepsPerSecond,
      judged,
      advice: job.training?.advice ?? [],
      curve: extendCurve(job.training?.curve ?? [], { step, losses, score }),
      samples: job.training?.samples ?? [],
    },
  };
}
