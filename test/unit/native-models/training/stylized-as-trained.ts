import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { convertModel } from "../../../../native-models/convert-model.ts";
import { styleFrom } from "../../../../native-models/inference/style-from.ts";
import type { TrainedNetwork } from "../../../../native-models/training/checkpoint.ts";
import type { Recipe } from "../../../../native-models/training/recipe.ts";
import { readSafetensors } from "../../../../native-models/weights/safetensors.ts";

const [height, width] = [96, 128];
const tile = {
  rows: { begin: 40, end: 56 },
  columns: { begin: 48, end: 80 },
};

/**
 * Asserts that a recipe's result is a style that paints what its training showed, whole and by tiles.
 * @param network what the result is to be recognised as
 */
export async function expectStylizedAsTrained<Batch>(
  recipe: Recipe<Batch>,
  network: string,
): Promise<void> {
  const picture = tf.randomUniform<tf.Rank.R4>(
    [1, height, width, 3],
    0,
    1,
    "float32",
    8,
  );
  const { weights } = await recipe.result();
  const converted = await convertModel({
    name: "result.safetensors",
    files: [weights],
    metadata: {},
    sample: false,
  });
  expect(converted.network).toBe(network);
  const style = styleFrom(readSafetensors(weights).tensors, "the result");
  const frozen = await style.freeze(picture, async () => {});
  const shown = recipe.sample(picture);
  const part = await frozen.run(
    { height, width },
    tile,
    async ({ rows, columns }) => {
      // Less than the whole picture has to do.
      expect(columns.end - columns.begin).toBeLessThan(width);
      return cut(picture, rows, columns);
    },
    async () => {},
  );
  expect(apart(frozen.styled, shown)).toBeLessThan(1e-5);
  const wanted = cut(shown, tile.rows, tile.columns);
  expect(apart(part, wanted)).toBeLessThan(1e-4);
  const spread = tf.tidy(() => tf.moments(shown).variance.dataSync());
  expect(spread[0]).toBeGreaterThan(1e-3);
  frozen.dispose();
  style.dispose();
  tf.dispose([picture, shown, part, wanted]);
}

/** Random weights ten times as large as those of the start, biases included, so that pictures show something. */
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

type Range = (typeof tile)["rows"];

function cut(x: tf.Tensor4D, rows: Range, columns: Range): tf.Tensor4D {
  return tf.slice(
    x,
    [0, rows.begin, columns.begin, 0],
    [1, rows.end - rows.begin, columns.end - columns.begin, 3],
  );
}

function apart(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!);
}
