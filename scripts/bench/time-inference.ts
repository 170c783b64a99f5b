import * as tf from "@tensorflow/tfjs-core";
import { generatorStyle } from "../../native-models/inference/generator-style.ts";
import { stylize } from "../../native-models/inference/stylize.ts";
import {
  type Generator,
  generate,
} from "../../native-models/networks/generator.ts";
import { drawPicture } from "./draw-picture.ts";
import { quickest } from "./quickest.ts";

const memoryBudget = 2 ** 29;

/** Seconds of G on a whole picture, as it is trained. */
export async function timeWhole(
  g: Generator,
  vector: tf.Tensor1D,
  side: number,
): Promise<number> {
  const x = tf.randomUniform<tf.Rank.R4>([1, side, side, 3]);
  const seconds = await quickest(3, async () => {
    const y = generate(g, x, vector);
    await y.data();
    y.dispose();
  });
  x.dispose();
  return seconds;
}

/** Seconds of the folded chain on tiles, from pixels to pixels, with the thumbnail's statistics. */
export function timeTiles(
  g: Generator,
  vector: tf.Tensor1D,
  side: number,
): Promise<number> {
  const picture = drawPicture(side, 3);
  return quickest(3, async () => {
    await stylize(picture, generatorStyle(g, vector), {
      brushSize: 1,
      memoryBudget,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
  });
}
