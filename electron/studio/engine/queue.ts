import { Failure } from "../../../common/failure.ts";
import type { JobTable } from "../library/jobs.ts";
import type { Attempt, JobWork } from "./attempt.ts";
import type { HowToEnd } from "./engine.ts";
import { fromRecord, type QueuedJob, toRecord } from "./job.ts";
import { mustYield, nextJob, stateAfter } from "./queue-plan.ts";
import { throttle } from "./throttle.ts";

type Reason = "cancel" | "pause" | "finish" | "yield" | "close";

const howToEnd: Record<Reason, HowToEnd> = {
  cancel: "discard",
  pause: "checkpoint",
  finish: "finish",
  yield: "checkpoint",
  close: "checkpoint",
};

interface Running {
  id: string;
  attempt: Attempt;
  reason: Reason | null;
  settled: Promise<void>;
}

/** Milliseconds between two tellings, and between two writings, of a job's progress. */
const beats = { tell: 100, write: 1000 };

/**
 * The persistent queue: one job at a time, the most urgent first. What it holds survives a crash: jobs that ran then
 * wait again, and trainings go on from their checkpoint.
 */
export class JobQueue {
  readonly #table: JobTable;
  readonly #work: JobWork;
  readonly #jobs = new Map<string, QueuedJob>();
  readonly #tell;
  readonly #write;
  readonly #mayRun: (job: QueuedJob) => boolean;
  readonly #onFault: (error: unknown) => void;
  readonly #mine = new Set<string>();
  readonly #finishing = new Set<string>();
  #running: Running | null = null;
  #closing = false;

  /**
   * @param options.onChange told of every change of a job, at most ten times a second for each
   * @param options.onFault told of what could not be written or cleared away; the queue goes on
   * @param options.onlyOwn runs what this process has added or resumed and leaves the rest for another
   */
  constructor(options: {
    table: JobTable;
    work: JobWork;
    onChange: (job: QueuedJob) => void;
    onFault: (error: unknown) => void;
    onlyOwn?: boolean;
  }) {
    this.#onFault = options.onFault;
    this.#table = options.table;
    this.#work = options.work;
    this.#mayRun = (job) => !options.onlyOwn || this.#mine.has(job.id);
    const withJob = (act: (job: QueuedJob) => void) => (id: string) => {
      const job = this.#jobs.get(id);
      if (job !== undefined) act(job);
    };
    this.#tell = throttle(beats.tell, withJob(options.onChange));
    this.#write = throttle(
      beats.write,
      withJob((job) => {
        try {
          this.#table.put(toRecord(job));
        } catch (error) {
          // A full disk must not end a training that runs; the next beat tries again.
          options.onFault(error);
        }
      }),
    );
    for (const record of this.#table.list()) {
      const job = fromRecord(record);
      if (job.state === "running") recover(job);
      this.#jobs.set(job.id, job);
    }
  }

  /** Begins with what waits from an earlier life. */
  start(): void {
    this.#pump();
  }

  /** Newest first. */
  list(): QueuedJob[] {
    return [...this.#jobs.values()].sort((a, b) => b.createdAt - a.createdAt);
  }

  /** @throws Failure `not-found` */
  get(id: string): QueuedJob {
    const job = this.#jobs.get(id);
    if (job === undefined)
      throw new Failure("not-found", `There is no job ${id}`, { subject: id });
    return job;
  }

  /** @throws Failure where the library cannot be written */
  add(job: QueuedJob): void {
    this.#table.put(toRecord(job));
    this.#mine.add(job.id);
    this.#jobs.set(job.id, job);
    this.#tell.flush(job.id);
    this.#pump();
  }

  /** Ends a job without a result; resolves when its work has stopped. A job that has ended already stays as it is. */
  async cancel(id: string): Promise<void> {
    const job = this.get(id);
    if (this.#running?.id === id) return this.#end("cancel");
    if (job.state !== "waiting" && job.state !== "paused") return;
    await this.#settle(job, "cancelled");
  }

  /** Stops a training at a checkpoint; resolves when that is on disk. A picture goes back and begins anew later. */
  async pause(id: string): Promise<void> {
    const job = this.get(id);
    if (this.#running?.id === id) return this.#end("pause");
    if (job.state === "paused") return;
    this.#expect(job, ["waiting"], "paused");
    job.state = "paused";
    this.#changed(id);
  }

  /** Lets a paused or failed job wait for its turn again. */
  resume(id: string): void {
    const job = this.get(id);
    this.#mine.add(id);
    if (job.state !== "waiting" && job.state !== "running") {
      this.#expect(job, ["paused", "failed"], "resumed");
      Object.assign(job, { state: "waiting", failure: null, attempts: 0 });
      this.#changed(id);
    }
    this.#pump();
  }

  /** Ends a training with what it has learned so far; resolves once it has ended, or is next to end. */
  async finish(id: string): Promise<void> {
    const job = this.get(id);
    if (job.kind !== "train")
      throw new Failure("invalid", "Only a training can be finished early.");
    if (this.#running?.id === id) return this.#end("finish");
    this.#expect(job, ["waiting", "paused", "failed"], "finished");
    this.#finishing.add(id);
    if (job.state === "waiting") this.#pump();
    else this.resume(id);
  }

  /** Removes a job and all trace of it; what runs is stopped first. */
  async remove(id: string): Promise<void> {
    await this.cancel(id);
    if (!this.#jobs.delete(id)) return;
    this.#table.delete(id);
  }

  /** Stops what runs, a training at a checkpoint; it waits for the next life of the studio. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#running !== null) await this.#end("close");
    this.#tell.dispose();
    this.#write.dispose();
  }

  #pump(): void {
    if (this.#closing) return;
    const next = nextJob([...this.#jobs.values()].filter(this.#mayRun));
    if (this.#running === null) {
      if (next !== null) this.#begin(next);
      return;
    }
    if (
      this.#running.reason === null &&
      mustYield(this.get(this.#running.id), next)
    )
      void this.#end("yield");
  }

  #begin(job: QueuedJob): void {
    const { id } = job;
    job.state = "running";
    job.failure = null;
    job.attempts += 1;
    this.#changed(id);
    const attempt = this.#work.begin(job, (change) => {
      Object.assign(job, change);
      this.#tell.request(id);
      this.#write.request(id);
    });
    const running: Running = {
      id,
      attempt,
      reason: null,
      settled: Promise.resolve(),
    };
    this.#running = running;
    running.settled = this.#follow(running);
    if (this.#finishing.delete(id)) void this.#end("finish");
  }

  async #follow(running: Running): Promise<void> {
    const job = this.get(running.id);
    let outcome: Parameters<typeof stateAfter>[1];
    try {
      outcome = await running.attempt.outcome;
    } catch (error) {
      const failure = Failure.from(error);
      job.failure = failure.toJSON();
      outcome =
        failure.code === "engine-lost"
          ? "lost"
          : failure.code === "cancelled"
            ? "cancelled"
            : "failed";
    }
    const state = stateAfter(running.reason, outcome, job.attempts);
    // Room made for another job, and being cut off while the engine started, are no failed tries.
    if (outcome === "paused" || outcome === "cancelled") job.attempts = 0;
    if (running.reason === "finish" && state === "waiting")
      this.#finishing.add(job.id);
    await this.#settle(job, state);
    // Only now: who closes the queue waits for the clearing away, too.
    this.#running = null;
    this.#pump();
  }

  async #settle(job: QueuedJob, state: QueuedJob["state"]): Promise<void> {
    job.state = state;
    job.secondsLeft = null;
    if (state !== "failed") job.failure = null;
    if (state === "done") job.progress = 1;
    this.#changed(job.id);
    if (state !== "done" && state !== "cancelled") return;
    await this.#work.ended(job).catch(this.#onFault);
  }

  /** A stronger reason takes the place of a weaker one: what is being paused can still be cancelled. */
  async #end(reason: Reason): Promise<void> {
    const running = this.#running!;
    const strength: Reason[] = ["yield", "pause", "finish", "close", "cancel"];
    if (
      running.reason === null ||
      strength.indexOf(reason) > strength.indexOf(running.reason)
    ) {
      running.reason = reason;
      const job = this.get(running.id);
      // A picture has no checkpoints.
      running.attempt.end(
        job.kind === "stylize" ? "discard" : howToEnd[reason],
      );
    }
    await running.settled;
  }

  #changed(id: string): void {
    this.get(id).updatedAt = Date.now();
    this.#write.flush(id);
    this.#tell.flush(id);
  }

  #expect(job: QueuedJob, states: QueuedJob["state"][], what: string): void {
    if (states.includes(job.state)) return;
    throw new Failure(
      "conflict",
      `“${job.title}” is ${job.state} and cannot be ${what}.`,
      { subject: job.title },
    );
  }
}

/** What becomes of a job that ran when the studio crashed or lost its power. */
function recover(job: QueuedJob): void {
  job.state = stateAfter(null, "lost", job.attempts);
  if (job.state !== "failed") return;
  job.failure = new Failure(
    "engine-lost",
    `Fude ended unexpectedly ${job.attempts} times while it worked on “${job.title}”.`,
    { hint: "Resume the job to try once more." },
  ).toJSON();
}
