import { fileURLToPath } from "node:url";
import pino from "pino";
import type { Job } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import { dataFolder } from "../studio/data-folder.ts";
import { openStudio, type Studio } from "../studio/studio.ts";
import type { Surroundings } from "./command-line.ts";

export const resourcesFolder = fileURLToPath(
  new URL("../../resources", import.meta.url),
);

/** Opens the library for one command and closes it, whatever happens. */
export async function withStudio<Result>(
  { data }: Surroundings,
  work: (studio: Studio) => Promise<Result>,
): Promise<Result> {
  const log = pino(
    { level: process.env.FUDE_LOG ?? "silent" },
    pino.destination(2),
  );
  const studio = await openStudio({
    dataFolder: dataFolder(data),
    resourcesFolder,
    log,
    // What waits from another life is the app's to do, not this command's.
    onlyOwnJobs: true,
  });
  try {
    return await work(studio);
  } finally {
    await studio.close();
  }
}

const ended: readonly Job["state"][] = [
  "done",
  "failed",
  "cancelled",
  "paused",
];

/**
 * Waits until a job has ended or is paused.
 * @param onChange told of each change before that
 */
export function jobEnded(
  studio: Studio,
  jobId: string,
  onChange: (job: Job) => void,
): Promise<Job> {
  return new Promise((resolve, reject) => {
    const look = (job: Job) => {
      if (job.id !== jobId) return;
      if (!ended.includes(job.state)) return onChange(job);
      stop();
      resolve(job);
    };
    const stop = studio.on("jobChanged", look);
    // It may have ended before anybody listened.
    studio.call("listJobs", {}).then((jobs) => jobs.forEach(look), reject);
  });
}

/** @throws Failure the job's own, where it failed */
export function expectDone(job: Job): void {
  if (job.state === "failed" && job.failure !== null)
    throw Failure.fromData(job.failure);
  if (job.state !== "done")
    throw new Failure("cancelled", `“${job.title}” was cancelled.`, {
      subject: job.title,
    });
}
