import type { Job } from "../../../common/contract/studio.ts";
import { duration } from "../../state/jobs.ts";

/** How a training stands, as a sentence. */
export function trainingWords(job: Job): string {
  switch (job.state) {
    case "waiting":
      return "Waits for the engine to be free.";
    case "running":
      if (!job.training?.step) return "Gets the pictures ready.";
      return job.secondsLeft === null
        ? "Learning."
        : `Learning, ${duration(job.secondsLeft)} left.`;
    case "paused":
      return "Paused. It goes on from where it stopped, even after a restart.";
    case "done":
      return "Done. The style is among your styles.";
    case "failed":
      return "It could not go on.";
    case "cancelled":
      return "Cancelled.";
  }
}
