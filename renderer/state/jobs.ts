import type { Job } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import { attempt, report } from "./notices.ts";
import type { Workspace } from "./workspace.ts";

/** Whether a job still has something ahead of it. */
export function isActive(job: Job): boolean {
  return (
    job.state === "waiting" || job.state === "running" || job.state === "paused"
  );
}

/** Takes word of a job into the list; a failure that is new is told to the artist. */
export function takeJob(workspace: Workspace, job: Job): void {
  const former = workspace.store
    .getState()
    .jobs.find((other) => other.id === job.id);
  workspace.store.setState((state) => ({
    jobs: former
      ? state.jobs.map((other) => (other.id === job.id ? job : other))
      : [job, ...state.jobs],
  }));
  if (job.state === "failed" && job.failure && former?.state !== "failed")
    report(
      workspace,
      Failure.fromData(job.failure as Parameters<typeof Failure.fromData>[0]),
    );
}

type JobCall = "cancelJob" | "pauseJob" | "resumeJob" | "finishJob";

/** Cancels, pauses, resumes a job, or ends a training and keeps it. */
export function steerJob(
  workspace: Workspace,
  call: JobCall,
  jobId: string,
): Promise<void> {
  return attempt(workspace, async () => {
    await workspace.host.call(call, { jobId });
  });
}

/** "12 s", "3 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
