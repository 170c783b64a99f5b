import type { Job } from "../../../common/contract/studio.ts";

/** Priorities: somebody looks at the canvas while a picture is styled; nobody waits for a training. */
export const priorities = { train: 0, stylize: 10 } as const;

/** Times that the engine may be lost over one job, without a checkpoint in between, before the job fails. */
export const allowedAttempts = 3;

/** Points of a loss curve that are kept: about one for each pixel of a panel. */
const curveLimit = 240;

type Queued = Pick<Job, "id" | "kind" | "state" | "priority" | "createdAt">;

/** The waiting job of the highest priority, of those the oldest; null when none waits. */
export function nextJob<J extends Queued>(jobs: Iterable<J>): J | null {
  let best: J | null = null;
  for (const job of jobs) {
    if (job.state !== "waiting") continue;
    if (best === null || comesBefore(job, best)) best = job;
  }
  return best;
}

function comesBefore(a: Queued, b: Queued): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority;
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt;
  return a.id < b.id;
}

/** Whether the running job has to make room. Only a training can: it goes on from a checkpoint, a picture begins anew. */
export function mustYield(running: Queued, next: Queued | null): boolean {
  return (
    next !== null &&
    running.kind === "train" &&
    next.priority > running.priority
  );
}

/** What becomes of a job whose attempt has ended, from why it was asked to end (null: it was not). */
export function stateAfter(
  ending: "cancel" | "pause" | "finish" | "yield" | "close" | null,
  outcome: "done" | "paused" | "lost" | "cancelled" | "failed",
  attempts: number,
): Job["state"] {
  if (outcome === "done") return "done";
  if (ending === "cancel") return "cancelled";
  if (outcome === "failed") return "failed";
  if (ending === "pause") return "paused";
  if (outcome === "lost" && attempts >= allowedAttempts) return "failed";
  return "waiting";
}

type Curve = NonNullable<Job["training"]>["curve"];
type Point = Curve[number];

/** Adds a point; when the curve grows beyond `limit`, every second of the older points goes. */
export function extendCurve(
  curve: Curve,
  point: Point,
  limit: number = curveLimit,
): Curve {
  const longer = [...curve, point];
  if (longer.length <= limit) return longer;
  return longer.filter(
    (_, index) => index % 2 === 0 || index === longer.length - 1,
  );
}

/** A training that goes on from a checkpoint takes the steps after it again. */
export function cutCurve(curve: Curve, step: number): Curve {
  return curve.filter((point) => point.step <= step);
}

/** Seconds left at the present speed; null while that is unknown. */
export function secondsLeft(
  step: number,
  steps: number,
  stepsPerSecond: number,
): number | null {
  return stepsPerSecond > 0 ? Math.max(0, steps - step) / stepsPerSecond : null;
}
