import { Failure } from "../../common/failure.ts";
import type { Context } from "./context.ts";
import type { NamedPicture, TrainTask } from "./engine/job.ts";
import { type IntegerRaster, rasterOf } from "./pictures.ts";
import { readNetwork } from "./weights.ts";

/**
 * What the engine needs, read from the library.
 * @throws Failure `not-found` where the perceptual network is absent
 */
export async function trainingRequest(
  context: Context,
  task: Pick<
    TrainTask,
    "name" | "settings" | "drawings" | "photos" | "samples"
  >,
) {
  const [perceptual, base] = await Promise.all([
    readNetwork(context.resourcesFolder, "perceptual"),
    readNetwork(context.resourcesFolder, "base"),
  ]);
  if (perceptual === null)
    throw new Failure(
      "not-found",
      "The perceptual network, against which trainings are measured, is missing.",
      { hint: "Install Fude again." },
    );
  if (base === null)
    context.log.info(
      { style: task.name },
      "there is no base model: the training starts from random weights and takes longer",
    );
  return {
    kind: "train",
    settings: task.settings,
    drawings: await rastersOf(context, task.drawings),
    photos: await rastersOf(context, task.photos),
    samples: await rastersOf(context, task.samples),
    perceptual,
    base,
  } as const;
}

/** One after the other: decoding thousands at once would take the memory of all at twice their size. */
async function rastersOf(
  context: Context,
  pictures: readonly NamedPicture[],
): Promise<IntegerRaster[]> {
  const rasters: IntegerRaster[] = [];
  for (const { asset } of pictures)
    rasters.push(await rasterOf(context, asset));
  return rasters;
}
