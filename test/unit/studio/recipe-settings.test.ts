import { describe, expect, test } from "vitest";
import {
  recipeSizes,
  trainingSettingsSchema,
} from "../../../common/contract/engine.ts";
import { recipeSettings } from "../../../electron/studio/recipe-settings.ts";

const wish = { seed: 7, steps: null, minutes: null };
const pictures = {
  drawings: new Array<string>(90),
  photos: new Array<string>(120),
};

describe("what a training is asked to do", () => {
  const wishes = [
    { recipe: "personal" } as const,
    ...recipeSizes.cartoongan.map((size) => ({
      recipe: "cartoongan" as const,
      size,
    })),
    ...recipeSizes.cyclegan.map((size) => ({
      recipe: "cyclegan" as const,
      size,
    })),
  ];

  test.each(wishes)("is complete for %j", (asked) => {
    const settings = recipeSettings({ ...wish, ...asked }, pictures);
    expect(trainingSettingsSchema.parse(settings)).toEqual(settings);
    expect(settings).toMatchObject(asked);
    expect(settings.steps).toBeGreaterThan(0);
  });

  test("is as published where nothing else is said", () => {
    expect(
      recipeSettings({ ...wish, recipe: "cyclegan" }, pictures),
    ).toMatchObject({ size: "published", batch: 1, crop: 256, steps: 24_000 });
    expect(
      recipeSettings({ ...wish, recipe: "cartoongan" }, pictures),
    ).toMatchObject({ size: "published", batch: 8, crop: 256, steps: 3_000 });
  });

  test("takes minutes or steps in place of the usual length", () => {
    const asked = { ...wish, recipe: "cyclegan", size: "lite" } as const;
    expect(recipeSettings({ ...asked, minutes: 3 }, pictures)).toMatchObject({
      minutes: 3,
      steps: null,
    });
    expect(recipeSettings({ ...asked, steps: 40 }, pictures)).toMatchObject({
      minutes: null,
      steps: 40,
    });
  });
});

describe("what cannot be done is refused", () => {
  test.each([
    [{ recipe: "cyclegan" }, { photos: [] }, /needs photographs/],
    [{ recipe: "cartoongan" }, { photos: [] }, /needs photographs/],
    [{ recipe: "cyclegan", size: "fast" }, {}, /no size “fast”/],
    [{ recipe: "cartoongan", size: "lite" }, {}, /no size “lite”/],
    [{ recipe: "personal", size: "lite" }, {}, /no size “lite”/],
    [
      { recipe: "cyclegan", extraLosses: { colour: 1 } },
      {},
      /has its own losses/,
    ],
  ] as const)("%j", (asked, less, words) => {
    expect(() =>
      recipeSettings({ ...wish, ...asked }, { ...pictures, ...less }),
    ).toThrow(words);
  });
});
