import {
  type RecipeName,
  recipeSizes,
  type TrainingSettings,
  type TrainingSize,
} from "../../common/contract/engine.ts";
import type { Input } from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import { trainingSteps } from "../../common/training-quality.ts";

/** What an artist asks for, beside name and pictures. */
type Wish = Omit<
  Input<"startTraining">,
  "name" | "drawings" | "photos" | "seed"
> & { readonly seed: number };

interface Pictures {
  readonly drawings: readonly unknown[];
  readonly photos: readonly unknown[];
}

/**
 * The settings of the recipe "personal" (`docs/models.md`), measured on two CPU cores. With less total variation a fine
 * screen stays in even areas for hundreds of steps.
 */
const personal = {
  recipe: "personal",
  batch: 4,
  crop: 160,
  contentWeight: 1.2,
  styleWeight: 5,
  totalVariationWeight: 2,
} as const;

/** Passes over the larger folder: CycleGAN's; for CartoonGAN, whose authors do not say, the same. */
const publishedEpochs = 200;
/** A CycleGAN starts from nothing and takes one picture at a time: so many steps for one of the other recipes. */
const liteFactor = 10;

/**
 * Everything that a training needs to know beside its pictures.
 * @throws Failure "invalid" for a size or losses that the recipe does not have, or without the photographs that it needs
 */
export function recipeSettings(
  wish: Wish,
  pictures: Pictures,
): TrainingSettings {
  const { recipe = "personal", quality = "good", extraLosses } = wish;
  const size = wish.size ?? (recipe === "personal" ? undefined : "published");
  if (recipe === "personal" && size === undefined)
    return {
      ...personal,
      ...(extraLosses && { extraLosses }),
      ...lengthOf(wish, trainingSteps[quality]),
    };
  if (extraLosses !== undefined && recipe !== "personal")
    throw new Failure("invalid", `The recipe “${recipe}” has its own losses.`, {
      hint: "Leave the further losses out, or use the recipe “personal”.",
    });
  if (recipe !== "personal" && pictures.photos.length === 0)
    throw new Failure("invalid", `The recipe “${recipe}” needs photographs.`, {
      hint: "Add a folder of photographs (--photos), or use the recipe “personal”.",
    });
  const { drawings, photos } = pictures;
  const epoch = Math.max(drawings.length, photos.length);
  const published = (batch: number) =>
    Math.ceil((publishedEpochs * epoch) / batch);
  switch (`${recipe} ${size}`) {
    case "cartoongan published":
      return {
        recipe: "cartoongan",
        size: "published",
        batch: 8,
        crop: 256,
        ...lengthOf(wish, published(8)),
      };
    case "cartoongan fast":
      return {
        recipe: "cartoongan",
        size: "fast",
        batch: 4,
        crop: 96,
        ...lengthOf(wish, trainingSteps[quality]),
      };
    case "cyclegan published":
      return {
        recipe: "cyclegan",
        size: "published",
        batch: 1,
        crop: 256,
        ...lengthOf(wish, published(1)),
      };
    case "cyclegan lite":
      return {
        recipe: "cyclegan",
        size: "lite",
        batch: 1,
        crop: 96,
        ...lengthOf(wish, liteFactor * trainingSteps[quality]),
      };
    default:
      throw noSuchSize(recipe, size!);
  }
}

/** @param usual steps of a training that is given neither steps nor minutes */
function lengthOf({ steps, minutes, seed }: Wish, usual: number) {
  if (steps !== null) return { seed, steps, minutes: null };
  return minutes === null
    ? { seed, steps: usual, minutes }
    : { seed, steps, minutes };
}

function noSuchSize(recipe: RecipeName, size: TrainingSize): Failure {
  const sizes = recipe === "personal" ? [] : recipeSizes[recipe];
  return new Failure(
    "invalid",
    `The recipe “${recipe}” has no size “${size}”.`,
    {
      subject: size,
      hint:
        sizes.length === 0
          ? "Leave the size out."
          : `It has: ${sizes.join(", ")}.`,
    },
  );
}
