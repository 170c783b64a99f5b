import * as tf from "@tensorflow/tfjs-core";
import type { Safetensors, StoredTensor } from "../weights/safetensors.ts";
import { maxPool } from "./max-pool.ts";
import { reflectPad } from "./reflect-pad.ts";
import { readConvolution, storeConvolution } from "./stored-weights.ts";

/**
 * P, the perceptual network: VGG-19's shape up to relu4_1 with a quarter of its channels and no residual links
 * (Simonyan and Zisserman 2014; Wang, Li and Vasconcelos 2021 on why the shape suits style). Every convolution is 3x3
 * over reflected edges and is followed by a ReLU; max pooling 2x2 precedes 2_1, 3_1 and 4_1's blocks.
 */
export const perceptualLayers = [
  { name: "conv1_1", inputs: 3, outputs: 16 },
  { name: "conv1_2", inputs: 16, outputs: 16 },
  { name: "conv2_1", inputs: 16, outputs: 32 },
  { name: "conv2_2", inputs: 32, outputs: 32 },
  { name: "conv3_1", inputs: 32, outputs: 64 },
  { name: "conv3_2", inputs: 64, outputs: 64 },
  { name: "conv3_3", inputs: 64, outputs: 64 },
  { name: "conv3_4", inputs: 64, outputs: 64 },
  { name: "conv4_1", inputs: 64, outputs: 128 },
] as const;

export type PerceptualLayer = (typeof perceptualLayers)[number]["name"];

/** The layers that lead from one tap to the next; pooling comes right before a block's last convolution. */
export const perceptualBlocks: readonly (readonly PerceptualLayer[])[] = [
  ["conv1_1"],
  ["conv1_2", "conv2_1"],
  ["conv2_2", "conv3_1"],
  ["conv3_2", "conv3_3", "conv3_4", "conv4_1"],
];

/** Channels of the taps relu1_1, relu2_1, relu3_1 and relu4_1; twice their sum is the 480 statistics that S reads. */
export const tapChannels = [16, 32, 64, 128] as const;

/** Filters are [3, 3, inputs, outputs], biases [outputs]. */
export interface Convolution<Filter = tf.Tensor4D, Bias = tf.Tensor1D> {
  readonly filter: Filter;
  readonly bias: Bias;
}
export type Perceptual = ReadonlyMap<PerceptualLayer, Convolution>;

/** relu1_1, relu2_1, relu3_1, relu4_1: [b, h, w, 16], [b, h/2, w/2, 32], [b, h/4, w/4, 64], [b, h/8, w/8, 128]. */
export type Taps = readonly [
  tf.Tensor4D,
  tf.Tensor4D,
  tf.Tensor4D,
  tf.Tensor4D,
];

/**
 * P from its weights file: `conv1_1.weight` [outputs, inputs, 3, 3], `conv1_1.bias` and so on.
 * @throws Failure "damaged" where a layer is missing or has another shape
 */
export function perceptualFrom(file: Safetensors): Perceptual {
  return new Map(
    perceptualLayers.map(({ name, inputs, outputs }) => [
      name,
      readConvolution(
        file,
        name,
        [outputs, inputs, 3],
        "the perceptual network",
      ),
    ]),
  );
}

/** The entries of P's weights file. */
export async function storePerceptual(
  p: Perceptual,
): Promise<[string, StoredTensor][]> {
  const entries = await Promise.all(
    [...p].map(([name, convolution]) => storeConvolution(name, convolution)),
  );
  return entries.flat();
}

export function disposePerceptual(p: Perceptual): void {
  for (const { filter, bias } of p.values()) tf.dispose([filter, bias]);
}

/**
 * Runs P.
 * @param x pictures [batch, h, w, 3], RGB in 0..1; h and w at least 16
 */
export function perceptualTaps(p: Perceptual, x: tf.Tensor4D): Taps {
  const first = perceptualBlock(p, 0, x);
  const second = perceptualBlock(p, 1, first);
  const third = perceptualBlock(p, 2, second);
  return [first, second, third, perceptualBlock(p, 3, third)];
}

/** One block of P alone: from the picture (block 0) or from the tap before it to its own tap. */
export function perceptualBlock(
  p: Perceptual,
  block: number,
  input: tf.Tensor4D,
): tf.Tensor4D {
  const layers = perceptualBlocks[block]!;
  return layers.reduce((x, name, index) => {
    const pooled = block > 0 && index === layers.length - 1 ? maxPool(x) : x;
    const { filter, bias } = p.get(name)!;
    const y = tf.conv2d(reflectPad(pooled, 1), filter, 1, "valid");
    return tf.relu(tf.add<tf.Tensor4D>(y, bias));
  }, input);
}
