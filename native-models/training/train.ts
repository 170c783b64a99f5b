import { requireTraining } from "../runtime/start-runtime.ts";
import type {
  TrainingHooks,
  TrainingOutcome,
  TrainingRequest,
} from "./hooks.ts";
import { runTraining } from "./loop.ts";
import { createPersonalRecipe } from "./personal.ts";

/** Each way of training that a request may name. */
const recipes = { personal: createPersonalRecipe };

/**
 * Trains a style as a request asks, from its start or its checkpoint.
 * @param request pictures are RGB with 8 bits a channel
 * @returns how it ended; every tensor that it made is gone by then
 * @throws Failure "unsupported" on an engine without gradients, "damaged" or "invalid" for weights and checkpoints that
 *   do not fit, "engine-failed" where the training diverges
 */
export async function train(
  request: TrainingRequest,
  hooks: TrainingHooks,
): Promise<TrainingOutcome> {
  await requireTraining();
  const { settings, checkpoint, checkpointEvery, samples } = request;
  const recipe = recipes[settings.recipe](request);
  try {
    const { seed, steps, minutes } = settings;
    return await runTraining(
      recipe,
      { seed, steps, minutes, checkpoint, checkpointEvery, samples },
      hooks,
    );
  } finally {
    recipe.dispose();
  }
}
