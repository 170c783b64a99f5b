import * as tf from "@tensorflow/tfjs-core";
import { contentLoss } from "../losses/content.ts";
import { gramStyleLoss, styleOf } from "../losses/gram-style.ts";
import { generate } from "../networks/generator.ts";
import {
  disposeGenerator,
  generatorFrom,
} from "../networks/generator-weights.ts";
import { type Perceptual, perceptualTaps } from "../networks/perceptual.ts";
import {
  disposeStyleEncoder,
  encodeStyle,
  styleEncoderFrom,
  styleStatistics,
} from "../networks/style-encoder.ts";
import type { Safetensors } from "../weights/safetensors.ts";
import { drawCrops } from "./crops.ts";
import type { Picture } from "./picture.ts";
import { Random } from "./random.ts";

const batch = 4;

/**
 * Content and style error of a base model over pairs of crops, the same ones at every call; the distance of a picture
 * from itself in its own style (mean absolute difference, 0..1); and how near it is to itself at strength 0 (peak
 * signal-to-noise ratio in dB, mean over the crops).
 * @param file weights of G and S
 * @param photos, styles pictures that were not trained on
 * @param rounds of four pairs of crops of `side` pixels
 */
export function judgeBase(
  file: Safetensors,
  p: Perceptual,
  photos: readonly Picture[],
  styles: readonly Picture[],
  { side = 192, rounds = 12 } = {},
): { content: number; style: number; identity: number; strengthZero: number } {
  const g = generatorFrom(file);
  const s = styleEncoderFrom(file);
  const random = Random.seeded(99);
  const range = { smallest: 0.7, largest: 1 };
  const sums = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const scores = tf.tidy(() => {
      const x = drawCrops(photos, batch, side, range, random);
      const content = perceptualTaps(p, x);
      const own = encodeStyle(s, styleStatistics(content));
      const taps = perceptualTaps(
        p,
        drawCrops(styles, batch, side, range, random),
      );
      const y = generate(g, x, encodeStyle(s, styleStatistics(taps)));
      const result = perceptualTaps(p, y);
      const plain = generate(g, x, encodeStyle(s, styleStatistics(taps)), 0);
      return tf
        .stack([
          contentLoss(result, content),
          gramStyleLoss(styleOf(result), styleOf(taps)),
          tf.mean(tf.abs(tf.sub(generate(g, x, own), x))),
          tf.mean(decibels(tf.mean(tf.square(tf.sub(plain, x)), [1, 2, 3]))),
        ])
        .dataSync();
    });
    sums.forEach((sum, i) => {
      sums[i] = sum + scores[i]! / rounds;
    });
  }
  disposeGenerator(g);
  disposeStyleEncoder(s);
  const [content = 0, style = 0, identity = 0, strengthZero = 0] = sums;
  return { content, style, identity, strengthZero };
}

/** The peak signal-to-noise ratio of a mean squared error over 0..1. */
function decibels(error: tf.Tensor): tf.Tensor {
  return tf.mul(-10 / Math.LN10, tf.log(error));
}
