import * as tf from "@tensorflow/tfjs-core";
import { normalisationEpsilon } from "../networks/conditional-instance-norm.ts";
import {
  convolve,
  type Generator,
  generatorLayers,
  splitVector,
} from "../networks/generator.ts";
import {
  disposeGenerator,
  generatorFrom,
  storedGenerator,
} from "../networks/generator-weights.ts";
import { type Perceptual, perceptualTaps } from "../networks/perceptual.ts";
import {
  disposeStyleEncoder,
  encodeStyle,
  type StyleEncoder,
  styleEncoderFrom,
  styleStatistics,
} from "../networks/style-encoder.ts";
import type { Safetensors } from "../weights/safetensors.ts";
import { drawCrops } from "./crops.ts";
import type { Picture } from "./picture.ts";
import { Random } from "./random.ts";

const calibrationCrops = { count: 32, side: 128 };
const wholePictures = { smallest: 0.6, largest: 1 };

/** A base model's file with its G calibrated on crops of photographs, always the same ones. */
export async function calibratedBase(
  file: Safetensors,
  p: Perceptual,
  photos: readonly Picture[],
): Promise<Safetensors> {
  const { count, side } = calibrationCrops;
  const g = generatorFrom(file, "The base model");
  const s = styleEncoderFrom(file);
  const x = drawCrops(photos, count, side, wholePictures, Random.seeded(77));
  const calibrated = calibrate(g, s, p, x);
  const tensors = new Map([
    ...file.tensors,
    ...(await storedGenerator(calibrated)),
  ]);
  disposeGenerator(g);
  disposeGenerator(calibrated);
  disposeStyleEncoder(s);
  x.dispose();
  return { ...file, tensors };
}

/** Below this a channel would hardly be heard in the chain without normalisation. */
const smallestScale = 0.05;

/**
 * Scales G's filters and sets its biases so that without normalisation (strength 0) it gives about what the photographs'
 * own mean style gives with it: a start from which the picture itself is soon learnt. Each channel is multiplied by a
 * positive number, which normalisation takes out again: at full strength nothing changes.
 * @param photos [batch, h, w, 3] in 0..1
 * @returns a new G
 */
export function calibrate(
  g: Generator,
  s: StyleEncoder,
  p: Perceptual,
  photos: tf.Tensor4D,
): Generator {
  const last = generatorLayers.length - 1;
  const [filters, biases] = tf.tidy(() => {
    const vectors = encodeStyle(s, styleStatistics(perceptualTaps(p, photos)));
    const styles = splitVector(tf.mean<tf.Tensor1D>(vectors, 0));
    const filters: tf.Tensor4D[] = [];
    const biases: tf.Tensor1D[] = [];
    let h = tf.sub<tf.Tensor4D>(tf.mul(photos, 2), 1);
    let blockInput = h;
    generatorLayers.slice(0, last).forEach((layer, index) => {
      if (generatorLayers[index + 1]?.endsBlock) blockInput = h;
      const y = convolve(g, index, h);
      const { mean, variance } = tf.moments(y, [0, 1, 2], true);
      const [scale, shift] = styles[index]!;
      const factor = tf.div<tf.Tensor4D>(
        tf.maximum(tf.abs(scale), smallestScale),
        tf.sqrt(tf.add(variance, normalisationEpsilon)),
      );
      const offset = tf.sub<tf.Tensor4D>(shift, tf.mul(mean, factor));
      filters.push(tf.mul(g.filters[index]!, factor));
      biases.push(tf.reshape(offset, [-1]));
      const z = tf.add<tf.Tensor4D>(tf.mul(y, factor), offset);
      h = layer.endsBlock ? tf.add(blockInput, z) : tf.relu(z);
    });
    filters.push(tf.clone(g.filters[last]!));
    biases.push(tf.clone(g.biases[last]!));
    return [filters, biases];
  }) as [tf.Tensor4D[], tf.Tensor1D[]];
  return { filters, biases };
}
