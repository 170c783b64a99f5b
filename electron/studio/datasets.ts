import { randomUUID } from "node:crypto";
import type { Dataset } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import type { Answers, Context } from "./context.ts";
import { storeTrainingPicture } from "./training-pictures.ts";

/** Most pictures of one dataset: what the engine takes. */
const mostPictures = 5000;

/**
 * Folders of pictures on their way into a training. They live as long as the studio: a training that has begun knows
 * its pictures by their hashes and needs the dataset no more.
 */
export class Datasets {
  readonly #datasets = new Map<string, Dataset>();

  create(): Dataset {
    const dataset: Dataset = { id: randomUUID(), accepted: [], refused: [] };
    this.#datasets.set(dataset.id, dataset);
    return dataset;
  }

  /** @throws Failure `not-found` */
  get(id: string): Dataset {
    const dataset = this.#datasets.get(id);
    if (dataset === undefined)
      throw new Failure("not-found", "These pictures are no longer at hand.", {
        hint: "Add the folder again.",
      });
    return dataset;
  }
}

export function datasetCalls(
  context: Context,
  datasets: Datasets,
): Answers<"createDataset" | "addToDataset"> {
  return {
    createDataset: () => copyOf(datasets.create()),

    async addToDataset({ datasetId, name, bytes }) {
      const dataset = datasets.get(datasetId);
      try {
        const picture = await storeTrainingPicture(context, name, bytes);
        // Looked up after the waiting, so that of two equal files added at once one is refused.
        const twin = dataset.accepted.find(
          (known) => known.asset === picture.asset,
        );
        if (twin !== undefined)
          throw new Failure(
            "invalid",
            `${name} is the same picture as ${twin.name}.`,
          );
        if (dataset.accepted.length >= mostPictures)
          throw new Failure(
            "too-large",
            `A training takes ${mostPictures} pictures at most.`,
          );
        dataset.accepted.push({ name, ...picture });
      } catch (error) {
        const failure = Failure.from(error);
        // Nothing is wrong with a file when the disk is full or the studio has a defect.
        if (failure.code === "disk-full" || failure.code === "internal")
          throw error;
        dataset.refused.push({ name, reason: failure.message });
      }
      return copyOf(dataset);
    },
  };
}

function copyOf(dataset: Dataset): Dataset {
  return {
    id: dataset.id,
    accepted: [...dataset.accepted],
    refused: [...dataset.refused],
  };
}
