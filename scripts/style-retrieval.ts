import * as tf from "@tensorflow/tfjs-core";
import {
  type Perceptual,
  perceptualTaps,
} from "../native-models/networks/perceptual.ts";
import { styleStatistics } from "../native-models/networks/style-encoder.ts";
import { type Picture, randomCrop } from "../native-models/training/picture.ts";
import { Random } from "../native-models/training/random.ts";

/**
 * How well a network's statistics tell pictures apart by style: each picture gives two crops, and the share of first
 * crops whose nearest second crop is of the same picture is returned, 0..1, averaged over four rounds. Statistics are
 * standardised over the crops.
 * @param p a network with P's taps
 * @param pictures ones that it was not trained on
 */
export function styleRetrieval(
  p: Perceptual,
  pictures: readonly Picture[],
): number {
  const random = Random.seeded(23);
  const rounds = [1, 2, 3, 4].map(() => retrievalRound(p, pictures, random));
  return rounds.reduce((sum, share) => sum + share) / rounds.length;
}

function retrievalRound(
  p: Perceptual,
  pictures: readonly Picture[],
  random: Random,
): number {
  const first = pictures.map((picture) => statistics(p, picture, random));
  const second = pictures.map((picture) => statistics(p, picture, random));
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(tf.concat([...first, ...second]), 0);
    const standard = (rows: tf.Tensor2D[]) =>
      tf.div<tf.Tensor2D>(
        tf.sub(tf.concat(rows), mean),
        tf.sqrt(tf.add(variance, 1e-8)),
      );
    const a = standard(first);
    const b = standard(second);
    // ‖a − b‖² without ‖a‖², which is the same for every b.
    const distance = tf.sub(
      tf.sum(tf.square(b), 1),
      tf.mul(2, tf.matMul(a, b, false, true)),
    );
    const nearest = tf.argMin(distance, 1).arraySync() as number[];
    tf.dispose([first, second]);
    return nearest.filter((n, i) => n === i).length / pictures.length;
  });
}

function statistics(
  p: Perceptual,
  picture: Picture,
  random: Random,
): tf.Tensor2D {
  const side = 128;
  const samples = new Float32Array(side * side * 3);
  const range = { smallest: 0.4, largest: 0.6 };
  randomCrop(picture, side, range, random, samples, 0);
  return tf.tidy(() =>
    styleStatistics(
      perceptualTaps(p, tf.tensor4d(samples, [1, side, side, 3])),
    ),
  );
}
