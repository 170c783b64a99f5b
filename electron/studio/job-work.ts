import type { Context } from "./context.ts";
import type { JobWork } from "./engine/attempt.ts";
import type { KnownResults } from "./known-results.ts";
import type { OpenProjects } from "./open-projects.ts";
import { beginStylizing } from "./stylizing.ts";
import { beginTraining, forgetTraining } from "./training-attempt.ts";

/** Who does which kind of job. */
export function jobWork(
  context: Context,
  projects: OpenProjects,
  results: KnownResults,
  checkpointEvery: number,
): JobWork {
  return {
    begin(job, update) {
      const { task } = job;
      return task.kind === "stylize"
        ? beginStylizing(context, projects, results, job, task, update)
        : beginTraining(context, job, task, update, checkpointEvery);
    },
    async ended(job) {
      if (job.kind === "train") await forgetTraining(context, job);
    },
  };
}
