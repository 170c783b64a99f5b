import * as tf from "@tensorflow/tfjs-core";
import type { Safetensors, StoredTensor } from "../weights/safetensors.ts";
import { type Taps, tapChannels } from "./perceptual.ts";
import { readTensor, storeTensor } from "./stored-weights.ts";
import { type Moments, momentsOf, variancesOf } from "./tap-moments.ts";

/** Numbers that S reads: mean and deviation of every channel of every tap. */
export const statisticCount = 2 * tapChannels.reduce((sum, c) => sum + c, 0);

/** Widths of S's layers; the last is the length of a style vector. */
const styleEncoderWidths = [statisticCount, 512, 256, 1840] as const;

/** Channels of G's normalised convolutions in order: γ and β of each, in turn, make up a style vector. */
const normalisedChannels = [
  24,
  64,
  ...new Array<number>(12).fill(64),
  48,
  16,
] as const;

/** S, the style encoder (Ghiasi et al. 2017, section 3, on statistics in place of Inception features). */
export interface StyleEncoder {
  /** Weights [inputs, outputs] and biases [outputs] of the three layers. */
  readonly layers: readonly {
    readonly weight: tf.Tensor2D;
    readonly bias: tf.Tensor1D;
  }[];
  /** Mean and deviation of the statistics over the training styles, [480]: they standardise the input. */
  readonly mu: tf.Tensor1D;
  readonly sd: tf.Tensor1D;
}

/** S's parameters in the order of the layers, as weights files name them. */
const styleEncoderNames = ["style.m.0", "style.m.2", "style.m.4"] as const;

/**
 * S from a weights file: `style.m.{0,2,4}.{weight,bias}` (PyTorch layout, [outputs, inputs]), `style.mu`, `style.sd`.
 * @throws Failure "damaged" where a tensor is missing or has another shape
 */
export function styleEncoderFrom(file: Safetensors): StyleEncoder {
  const subject = "the style encoder";
  const read = (name: string, shape: number[]) =>
    readTensor(file, name, shape, subject);
  const layers = styleEncoderNames.map((name, index) => {
    const inputs = styleEncoderWidths[index]!;
    const outputs = styleEncoderWidths[index + 1]!;
    const stored = read(`${name}.weight`, [outputs, inputs]);
    const weight = tf.transpose(stored as tf.Tensor2D);
    stored.dispose();
    return { weight, bias: read(`${name}.bias`, [outputs]) as tf.Tensor1D };
  });
  return {
    layers,
    mu: read("style.mu", [statisticCount]) as tf.Tensor1D,
    sd: read("style.sd", [statisticCount]) as tf.Tensor1D,
  };
}

/** S's entries of a weights file, in PyTorch's layout. */
export async function storedStyleEncoder({
  layers,
  mu,
  sd,
}: StyleEncoder): Promise<[string, StoredTensor][]> {
  const entries: [string, StoredTensor][] = [
    ["style.mu", await storeTensor(mu)],
    ["style.sd", await storeTensor(sd)],
  ];
  for (const [index, { weight, bias }] of layers.entries()) {
    const turned = tf.transpose(weight);
    const name = styleEncoderNames[index]!;
    entries.push([`${name}.weight`, await storeTensor(turned)]);
    entries.push([`${name}.bias`, await storeTensor(bias)]);
    turned.dispose();
  }
  return entries;
}

/** What a training changes of S, by the names that files use (weights stay [inputs, outputs]). */
export function namedEncoderTensors({
  layers,
}: StyleEncoder): [string, tf.Tensor][] {
  return layers.flatMap(({ weight, bias }, index): [string, tf.Tensor][] => [
    [`${styleEncoderNames[index]}.weight`, weight],
    [`${styleEncoderNames[index]}.bias`, bias],
  ]);
}

/** The inverse of `namedEncoderTensors`. */
export function styleEncoderOf(
  tensor: (name: string) => tf.Tensor,
  mu: tf.Tensor1D,
  sd: tf.Tensor1D,
): StyleEncoder {
  const layers = styleEncoderNames.map((name) => ({
    weight: tensor(`${name}.weight`) as tf.Tensor2D,
    bias: tensor(`${name}.bias`) as tf.Tensor1D,
  }));
  return { layers, mu, sd };
}

export function disposeStyleEncoder({ layers, mu, sd }: StyleEncoder): void {
  tf.dispose([mu, sd, ...layers.flatMap(({ weight, bias }) => [weight, bias])]);
}

/**
 * What S reads of pictures: for tap after tap the channels' means, then their deviations (unbiased, as the base
 * prototype was trained with).
 * @returns [batch, 480]
 */
export function styleStatistics(taps: Taps): tf.Tensor2D {
  return tf.tidy(() => statisticsFrom(taps.map(momentsOf)));
}

/** The same, from moments that are known. */
export function statisticsFrom(moments: readonly Moments[]): tf.Tensor2D {
  return tf.tidy(() =>
    tf.concat(
      moments.flatMap((tap) => {
        const unbiased = tap.pixels / (tap.pixels - 1);
        const variances = tf.mul(variancesOf(tap), unbiased);
        return [
          tf.squeeze<tf.Tensor2D>(tap.mean, [1]),
          tf.sqrt(tf.add(variances, 1e-12)) as tf.Tensor2D,
        ];
      }),
      1,
    ),
  );
}

/**
 * Predicts style vectors.
 * @param statistics [batch, 480]
 * @returns [batch, 1840]: γ, then β, of each of G's sixteen normalisations
 */
export function encodeStyle(
  { layers, mu, sd }: StyleEncoder,
  statistics: tf.Tensor2D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const standardised = tf.div<tf.Tensor2D>(tf.sub(statistics, mu), sd);
    const output = layers.reduce((x, { weight, bias }, index) => {
      const y = tf.add<tf.Tensor2D>(tf.matMul(x, weight), bias);
      return index < layers.length - 1 ? tf.relu(y) : y;
    }, standardised);
    return tf.add(output, neutralVector());
  });
}

/** The vector that scales by 1 and shifts by 0 everywhere, [1840]. */
export function neutralVector(): tf.Tensor1D {
  return tf.tensor1d(
    normalisedChannels.flatMap((channels) => [
      ...new Array<number>(channels).fill(1),
      ...new Array<number>(channels).fill(0),
    ]),
  );
}
