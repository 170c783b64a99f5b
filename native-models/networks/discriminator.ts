import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "../training/parameters.ts";
import type { Random } from "../training/random.ts";
import { instanceNorm } from "./instance-norm.ts";
import {
  powerIteration,
  spectrallyNormalised,
  startingVector,
} from "./spectral-norm.ts";

/** A convolution of a discriminator, over edges of one row of zeros. */
export interface DiscriminatorLayer {
  readonly size: 3 | 4;
  readonly stride: 1 | 2;
  readonly outputs: number;
  /** What is normalised: nothing, what comes out (without scale and shift), or the filter. */
  readonly normalisation: "none" | "instance" | "spectral";
  /** Leaky ReLU with slope 0.2 (Maas et al. 2013), or nothing, as at the end. */
  readonly activation: "leaky" | "none";
}

/** From a picture to logits on a grid of patches (Isola et al. 2017, section 3.2.2). */
export type Discriminator = readonly DiscriminatorLayer[];

/** Spectral normalisation lets a discriminator be trained on a few drawings (Miyato et al. 2018). */
export const spectral = {
  normalisation: "spectral",
  activation: "leaky",
} as const;

/**
 * CycleGAN's D (Zhu et al. 2017, appendix): C64-C128-C256-C512 and a last convolution; each logit sees 70x70 pixels.
 * @param width filters of the first layer
 */
export function cycleganDiscriminator(width = 64): Discriminator {
  return [
    { ...halving(width), normalisation: "none" },
    halving(2 * width),
    halving(4 * width),
    { ...halving(8 * width), stride: 1 },
    last(4),
  ];
}

/**
 * CartoonGAN's D (Chen, Lai and Liu 2018, figure 2): 32 · 64 halving, 128 · 128 halving, 256 · 256 · 1, all 3x3; shallow,
 * for whether a line is a cartoon's shows close by.
 * @param width filters of the first layer
 */
export function cartoonganDiscriminator(width = 32): Discriminator {
  const plain = (outputs: number, stride: 1 | 2): DiscriminatorLayer => ({
    size: 3,
    stride,
    outputs,
    normalisation: "none",
    activation: "leaky",
  });
  const normalised = (outputs: number): DiscriminatorLayer => ({
    ...plain(outputs, 1),
    normalisation: "instance",
  });
  return [
    plain(width, 1),
    plain(2 * width, 2),
    normalised(4 * width),
    plain(4 * width, 2),
    normalised(8 * width),
    normalised(8 * width),
    last(3),
  ];
}

/**
 * Start values by name: filters `model.N.weight` [size, size, inputs, outputs] from N(0, 0.02), biases 0 and, of filters
 * that are normalised, the singular vector `model.N.u`. N counts as PyTorch's nn.Sequential would.
 * @param prefix goes before each name
 * @param channels of what is looked at
 */
export function discriminatorTensors(
  layers: Discriminator,
  random: Random,
  prefix = "",
  channels = 3,
): [string, tf.Tensor][] {
  return named(layers, channels).flatMap(({ name, inputs, layer }) => {
    const { size, outputs, normalisation } = layer;
    const values = Float32Array.from(
      { length: size * size * inputs * outputs },
      () => 0.02 * random.normal(),
    );
    const filter = tf.tensor4d(values, [size, size, inputs, outputs]);
    const tensors: [string, tf.Tensor][] = [
      [`${prefix}${name}.weight`, filter],
      [`${prefix}${name}.bias`, tf.zeros([outputs])],
    ];
    if (normalisation === "spectral") {
      const u = settled(filter, startingVector(outputs, random));
      tensors.push([`${prefix}${name}.u`, u]);
    }
    return tensors;
  });
}

/**
 * Runs D. Singular vectors get no gradient; a step's `followSingularVectors` moves them.
 * @param tensor gives a tensor (or variable) by its name, without prefix
 * @param x pictures [batch, h, w, 3] in −1..1, or features
 * @returns logits [batch, h', w', 1]
 */
export function discriminate(
  layers: Discriminator,
  tensor: (name: string) => tf.Tensor,
  x: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() =>
    named(layers).reduce((h, { name, layer }) => {
      const { stride, normalisation, activation } = layer;
      const stored = tensor(`${name}.weight`) as tf.Tensor4D;
      const filter =
        normalisation === "spectral"
          ? spectrallyNormalised(stored, tensor(`${name}.u`) as tf.Tensor1D)
          : stored;
      const padded = tf.pad(h, [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]) as tf.Tensor4D;
      const y = tf.conv2d(padded, filter, stride, "valid");
      // Normalising what comes out takes the bias out again.
      const z =
        normalisation === "instance"
          ? instanceNorm(y)
          : tf.add<tf.Tensor4D>(y, tensor(`${name}.bias`));
      return activation === "leaky" ? tf.leakyRelu(z, slope) : z;
    }, x),
  );
}

/** One power iteration for every filter that is normalised, to be taken once in each of D's steps. */
export function followSingularVectors(
  layers: Discriminator,
  parameters: Parameters,
  prefix = "",
): void {
  for (const { name, layer } of named(layers)) {
    if (layer.normalisation !== "spectral") continue;
    const filter = parameters.variable(`${prefix}${name}.weight`);
    const u = parameters.variable(`${prefix}${name}.u`);
    tf.tidy(() =>
      u.assign(
        powerIteration(
          filter as unknown as tf.Tensor4D,
          u as unknown as tf.Tensor1D,
        ),
      ),
    );
  }
}

const slope = 0.2;
/** Power iterations after which a random start can be relied upon. */
const settling = 15;

function halving(outputs: number): DiscriminatorLayer {
  return {
    size: 4,
    stride: 2,
    outputs,
    normalisation: "instance",
    activation: "leaky",
  };
}

function last(size: 3 | 4): DiscriminatorLayer {
  return {
    size,
    stride: 1,
    outputs: 1,
    normalisation: "none",
    activation: "none",
  };
}

/** Layers with their names and inputs: in nn.Sequential a normalisation and an activation take numbers of their own. */
function named(layers: Discriminator, channels = 3) {
  let number = 0;
  let inputs = channels;
  return layers.map((layer) => {
    const entry = { name: `model.${number}`, inputs, layer };
    number += 1 + (layer.normalisation === "instance" ? 1 : 0);
    number += layer.activation === "leaky" ? 1 : 0;
    inputs = layer.outputs;
    return entry;
  });
}

function settled(filter: tf.Tensor4D, start: tf.Tensor1D): tf.Tensor1D {
  return tf.tidy(() => {
    let u = start;
    for (let i = 0; i < settling; i++) u = powerIteration(filter, u);
    start.dispose();
    return u;
  });
}
