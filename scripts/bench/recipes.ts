import { readFileSync } from "node:fs";
import {
  disposePerceptual,
  perceptualFrom,
} from "../../native-models/networks/perceptual.ts";
import { createBaseRecipe } from "../../native-models/training/base.ts";
import type { TrainingHooks } from "../../native-models/training/hooks.ts";
import { runTraining } from "../../native-models/training/loop.ts";
import { pictureFrom } from "../../native-models/training/picture.ts";
import { train } from "../../native-models/training/train.ts";
import { readSafetensors } from "../../native-models/weights/safetensors.ts";
import { drawPicture } from "./draw-picture.ts";
import { generatorOperations, perceptualOperations } from "./operations.ts";

/** A way of training, as it is measured. */
interface MeasuredRecipe {
  readonly name: string;
  readonly batch: number;
  /** Sides of the crops. */
  readonly sides: readonly number[];
  /** Of the convolutions of one step. */
  operations(side: number): number;
  /** Trains for `steps` steps in the recipe's own loop. */
  run(side: number, steps: number, hooks: TrainingHooks): Promise<unknown>;
}

const batch = 4;

export const recipes: readonly MeasuredRecipe[] = [
  {
    name: "personal",
    batch,
    sides: [160, 192],
    // G forward and backward on the batch and one drawing; P forward on the content, forward and backward on the result.
    operations: (side) =>
      3 * (batch + 1) * generatorOperations(side) +
      3 * batch * perceptualOperations(side),
    run: (side, steps, hooks) =>
      train(
        {
          id: "bench",
          kind: "train",
          settings: {
            recipe: "personal",
            seed: 1,
            steps,
            minutes: null,
            batch,
            crop: side,
            contentWeight: 1,
            styleWeight: 5,
            totalVariationWeight: 0.3,
          },
          drawings: [drawPicture(2 * side, 5)],
          photos: [drawPicture(2 * side, 7)],
          samples: [],
          perceptual: weightsOf("perceptual"),
          base: null,
          checkpoint: null,
          checkpointEvery: 1e6,
        },
        hooks,
      ),
  },
  {
    name: "base",
    batch,
    sides: [160, 192],
    // G forward and backward; P forward on content and style, forward and backward on the result. S counts for nothing.
    operations: (side) =>
      3 * batch * generatorOperations(side) +
      4 * batch * perceptualOperations(side),
    async run(side, steps, hooks) {
      const perceptual = perceptualFrom(
        readSafetensors(weightsOf("perceptual")),
      );
      const recipe = createBaseRecipe({
        batch,
        crop: side,
        rate: 1e-4,
        perceptual,
        start: readSafetensors(weightsOf("base")),
        photos: [pictureFrom(drawPicture(2 * side, 7))],
        styles: [pictureFrom(drawPicture(2 * side, 5))],
      });
      await runTraining(
        recipe,
        {
          seed: 1,
          steps,
          minutes: null,
          checkpoint: null,
          checkpointEvery: 1e6,
          samples: [],
        },
        hooks,
      );
      recipe.dispose();
      disposePerceptual(perceptual);
    },
  },
];

function weightsOf(model: string): Uint8Array<ArrayBuffer> {
  const file = `../../resources/models/${model}/weights.safetensors`;
  return new Uint8Array(readFileSync(new URL(file, import.meta.url)));
}
