import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "../../common/contract/engine.ts";
import type { Context } from "./context.ts";
import type { QueuedJob, TrainTask } from "./engine/job.ts";
import type { ModelCard } from "./model-card.ts";
import { thumbnailOf } from "./pictures.ts";
import { listStyles } from "./styles.ts";
import { cardFile, trainedModels, weightsFile } from "./weights.ts";
import { writeFailure, writeFileAtomically } from "./write-file.ts";

type Trained = Extract<EngineEvent, { kind: "trained" }>;

/**
 * Keeps what a training has made as a style of the library. The style has the job's id, so that a crash in between
 * leads to the same style again and not to a second one.
 * @returns the style's id
 */
export async function keepTrainedModel(
  context: Context,
  job: QueuedJob,
  task: TrainTask,
  trained: Trained,
): Promise<string> {
  const folder = join(trainedModels(context.dataFolder), job.id);
  const card = cardOf(context, task, trained);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(folder, error);
  });
  await writeFileAtomically(join(folder, weightsFile), trained.weights);
  await writeFileAtomically(
    join(folder, cardFile),
    Buffer.from(`${JSON.stringify(card, null, 2)}\n`),
  );
  const sample = job.training?.samples[0];
  context.library.models.put({
    id: job.id,
    name: task.name,
    recipe: task.recipe,
    card,
    origin: "trained",
    thumbnail: sample ? await thumbnailOf(context, sample.asset) : null,
    createdAt: Date.now(),
  });
  context.emit("stylesChanged", listStyles(context));
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
