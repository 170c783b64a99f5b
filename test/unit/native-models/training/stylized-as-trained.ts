import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { styleFrom } from "../../../../native-models/inference/style-from.ts";
import type { TrainedNetwork } from "../../../../native-models/training/checkpoint.ts";
import type { Recipe } from "../../../../native-models/training/recipe.ts";
import { readSafetensors } from "../../../../native-models/weights/safetensors.ts";

/** Asserts that a recipe's result is a style that paints what its training showed. */
export async function expectStylizedAsTrained<Batch>(
  recipe: Recipe<Batch>,
): Promise<void> {
  const picture = tf.randomUniform<tf.Rank.R4>(
    [1, 24, 36, 3],
    0,
    1,
    "float32",
    8,
  );
  const { weights } = await recipe.result();
  const style = styleFrom(readSafetensors(weights).tensors, "the result");
  const frozen = await style.freeze(picture, async () => {});
  const shown = recipe.sample(picture);
  const apart = tf.tidy(() =>
    tf.max(tf.abs(tf.sub(frozen.styled, shown))).dataSync(),
  );
  expect(apart[0]).toBeLessThan(1e-5);
  const spread = tf.tidy(() => tf.moments(shown).variance.dataSync());
  expect(spread[0]).toBeGreaterThan(1e-3);
  frozen.dispose();
  style.dispose();
  tf.dispose([picture, shown]);
}

/** Makes weights ten times as large as they start, biases included, so that pictures show something. */
export function liven({ average }: TrainedNetwork): void {
  tf.tidy(() => {
    const noise = tf.randomNormal<tf.Rank.R1>(
      average!.value.shape,
      0,
      0.2,
      "float32",
      9,
    );
    average!.restore(noise, null);
  });
}
