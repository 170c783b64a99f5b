import type { EngineEvent } from "../../common/contract/engine.ts";
import type { Context } from "./context.ts";
import type { QueuedJob, TrainTask } from "./engine/job.ts";
import { keepModel } from "./keep-model.ts";
import type { ModelCard } from "./model-card.ts";
import { thumbnailOf } from "./pictures.ts";

type Trained = Extract<EngineEvent, { kind: "trained" }>;

/**
 * Keeps what a training has made as styles of the library: the one that it was begun for has the job's id, further ones
 * a number after it, so that a crash in between leads to the same styles again and not to second ones.
 * @returns the id of the style that the training was begun for
 */
export async function keepTrainedModel(
  context: Context,
  job: QueuedJob,
  task: TrainTask,
  trained: Trained,
): Promise<string> {
  const sample = job.training?.samples[0];
  const card = cardOf(context, task, trained);
  // The further ones first: once the job has its own style, it is done.
  for (const [index, { label, weights }] of (trained.further ?? []).entries()) {
    await keepModel(context, {
      id: `${job.id}-${index + 2}`,
      origin: "trained",
      thumbnail: null,
      card: { ...card, name: `${task.name} (${label})` },
      weights,
    });
  }
  await keepModel(context, {
    id: job.id,
    origin: "trained",
    thumbnail: sample ? await thumbnailOf(context, sample.asset) : null,
    card,
    weights: trained.weights,
  });
  return job.id;
}

function cardOf(
  context: Context,
  task: TrainTask,
  trained: Trained,
): ModelCard {
  return {
    name: task.name,
    recipe: task.recipe,
    licence: "the artist's own",
    credit: "",
    settings: task.settings,
    step: trained.step,
    seconds: Math.round(trained.elapsed),
    scores: trained.scores,
    /** The pictures it was trained on, by the SHA-256 of what the engine saw. */
    drawings: task.drawings,
    photos: task.photos,
    engine: context.engine.description,
    trainedAt: new Date().toISOString(),
  };
}
