import * as tf from "@tensorflow/tfjs-core";
import {
  type Picture,
  randomCrop,
} from "../../native-models/training/picture.ts";
import { Random } from "../../native-models/training/random.ts";

const count = 48;
const side = 96;

/**
 * Crops of photographs and drawings by turns, the same ones at every call.
 * @param sets pictures that were not trained on
 * @returns [48, 96, 96, 3] in 0..1
 */
export function proofCrops(sets: readonly (readonly Picture[])[]): tf.Tensor4D {
  const random = Random.seeded(11);
  const size = side * side * 3;
  const samples = new Float32Array(count * size);
  const range = { smallest: 0.4, largest: 0.8 };
  for (let i = 0; i < count; i++) {
    const picture = random.pick(sets[i % sets.length]!);
    randomCrop(picture, side, range, random, samples, i * size);
  }
  return tf.tensor4d(samples, [count, side, side, 3]);
}
