import { readFileSync } from "node:fs";
import type {
  SettingsOf,
  TrainingSettings,
} from "../../common/contract/engine.ts";
import { cartoonganLayers } from "../../native-models/networks/cartoongan-generator.ts";
import { cycleganLayers } from "../../native-models/networks/cyclegan-resnet.ts";
import {
  cartoonganDiscriminator,
  cycleganDiscriminator,
} from "../../native-models/networks/discriminator.ts";
import {
  disposePerceptual,
  perceptualFrom,
} from "../../native-models/networks/perceptual.ts";
import { createBaseRecipe } from "../../native-models/training/base.ts";
import { cycleganNetworks } from "../../native-models/training/cyclegan.ts";
import type { TrainingHooks } from "../../native-models/training/hooks.ts";
import { runTraining } from "../../native-models/training/loop.ts";
import { pictureFrom } from "../../native-models/training/picture.ts";
import { train } from "../../native-models/training/train.ts";
import { readSafetensors } from "../../native-models/weights/safetensors.ts";
import { drawPicture } from "./draw-picture.ts";
import {
  discriminatorOperations,
  generatorOperations,
  perceptualOperations,
  pictureOperations,
} from "./operations.ts";

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
      trainBriefly(
        {
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
  cartoongan("published", 1, 128),
  cartoongan("fast", batch, 96),
  cyclegan("published", 128),
  cyclegan("lite", 96),
];

/** G forward and backward; P forward on both, backward to the result; D, to it for G, and for itself on three kinds. */
function cartoongan(
  size: SettingsOf<"cartoongan">["size"],
  batch: number,
  side: number,
): MeasuredRecipe {
  const published = cartoonganLayers({ width: 64, blocks: 8 });
  return {
    name: `cartoongan, ${size}`,
    batch,
    sides: [side],
    operations: (side) => {
      const g =
        size === "published"
          ? pictureOperations(published, side)
          : generatorOperations(side);
      const d = discriminatorOperations(
        cartoonganDiscriminator(size === "published" ? 32 : 16),
        side,
      );
      return batch * (3 * g + 3 * perceptualOperations(side) + 11 * d);
    },
    run: (side, steps, hooks) =>
      trainBriefly(
        {
          recipe: "cartoongan",
          size,
          seed: 1,
          steps,
          minutes: null,
          batch,
          crop: side,
        },
        hooks,
      ),
  };
}

/** Three passes of each G, forward and backward; D, to the result for G, and for itself on two kinds, of each. */
function cyclegan(
  size: SettingsOf<"cyclegan">["size"],
  side: number,
): MeasuredRecipe {
  return {
    name: `cyclegan, ${size}`,
    batch: 1,
    sides: [side],
    operations: (side) => {
      const shape = cycleganNetworks({ size, crop: side });
      const g = pictureOperations(cycleganLayers(shape.generator), side);
      const d = discriminatorOperations(
        cycleganDiscriminator(shape.discriminator),
        side,
      );
      return 18 * g + 16 * d;
    },
    run: (side, steps, hooks) =>
      trainBriefly(
        {
          recipe: "cyclegan",
          size,
          seed: 1,
          steps,
          minutes: null,
          batch: 1,
          crop: side,
        },
        hooks,
      ),
  };
}

function trainBriefly(settings: TrainingSettings, hooks: TrainingHooks) {
  return train(
    {
      id: "bench",
      kind: "train",
      settings,
      drawings: [drawPicture(2 * settings.crop, 5)],
      photos: [drawPicture(2 * settings.crop, 7)],
      samples: [],
      perceptual: weightsOf("perceptual"),
      base: null,
      checkpoint: null,
      checkpointEvery: 1e6,
    },
    hooks,
  );
}

function weightsOf(model: string): Uint8Array<ArrayBuffer> {
  const file = `../../resources/models/${model}/weights.safetensors`;
  return new Uint8Array(readFileSync(new URL(file, import.meta.url)));
}
