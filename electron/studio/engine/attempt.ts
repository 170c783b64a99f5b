import type { HowToEnd } from "./engine.ts";
import type { QueuedJob } from "./job.ts";

/** One try at a job, by whoever knows how to do jobs of its kind. */
export interface Attempt {
  /** `paused` when it was ended with `checkpoint`; the checkpoint is on disk then. Rejects with a Failure. */
  readonly outcome: Promise<"done" | "paused">;
  end(how: HowToEnd): void;
}

export type JobChange = Partial<
  Pick<
    QueuedJob,
    | "task"
    | "progress"
    | "secondsLeft"
    | "training"
    | "modelId"
    | "attempts"
    | "checkpoint"
  >
>;

export interface JobWork {
  /** @param update tells the queue of progress; kept and told to the page at a steady beat */
  begin(job: QueuedJob, update: (change: JobChange) => void): Attempt;
  /** Called when a job has ended for good, so that what only it needed can go. */
  ended(job: QueuedJob): Promise<void>;
}
