import { Failure } from "../../common/failure.ts";
import { requireTraining } from "../runtime/start-runtime.ts";
import { createCartoonganRecipe } from "./cartoongan.ts";
import { createCycleganRecipe } from "./cyclegan.ts";
import type {
  TrainingHooks,
  TrainingOutcome,
  TrainingRequest,
} from "./hooks.ts";
import { runTraining } from "./loop.ts";
import { createPersonalRecipe } from "./personal.ts";
import type { Recipe } from "./recipe.ts";

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
  const recipe = recipeOf(request);
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

/** @throws Failure "invalid" where a recipe that needs photographs gets none */
function recipeOf(request: TrainingRequest): Recipe<unknown> {
  const { settings, photos } = request;
  if (settings.recipe === "personal") {
    return createPersonalRecipe({ ...request, settings });
  }
  if (photos.length === 0) {
    throw new Failure("invalid", "This way of training needs photographs.", {
      hint: "Add a folder of photographs.",
    });
  }
  return settings.recipe === "cartoongan"
    ? createCartoonganRecipe({ ...request, settings })
    : createCycleganRecipe({ ...request, settings });
}
