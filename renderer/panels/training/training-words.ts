import type { Judged } from "../../../common/contract/engine.ts";
import type { Dataset, Job } from "../../../common/contract/studio.ts";
import { duration } from "../../state/jobs.ts";
import { lossLabel } from "./curve.ts";

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

/** "Step 240 · 0.812": where it did best on pictures that were set aside, and how well. */
export function bestWords({ best, bestStep }: Judged): string {
  return `Step ${bestStep.toLocaleString("en")} · ${lossLabel(best.score ?? 0)}`;
}

/** What was done to pictures before they were fit to learn from; each one's own words are on its thumbnail. */
export function notesWords(noted: Dataset["accepted"]): string {
  const [first] = noted;
  if (noted.length === 1) return `${first?.name}: ${first?.note}.`;
  const kinds = ["enlarged", "laid over white"].flatMap((kind) => {
    const count = noted.filter(({ note }) => note?.includes(kind)).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `Made fit to learn from: ${kinds.join(", ")}.`;
}
