import type { TrainingHooks } from "../../native-models/training/hooks.ts";

const steps = 8;

/**
 * Seconds of the quickest step of a training, with all that its loop does around it.
 * @param run trains for a number of steps
 */
export async function timeTraining(
  run: (steps: number, hooks: TrainingHooks) => Promise<unknown>,
): Promise<number> {
  let [last, best] = [performance.now(), Infinity];
  await run(steps, {
    onStep({ step }) {
      const now = performance.now();
      // The first step also makes the tensors that stay.
      if (step > 1) best = Math.min(best, (now - last) / 1000);
      last = now;
    },
    onSample() {},
    onCheckpoint() {},
    intent: () => null,
  });
  return best;
}
