import * as tf from "@tensorflow/tfjs-core";
import {
  type CartoonganShape,
  cartoonganLayers,
} from "../networks/cartoongan-generator.ts";
import { generate } from "../networks/generator.ts";
import {
  createGenerator,
  generatorFrom,
  generatorOf,
  namedTensors,
  storedGenerator,
  styleVectorName,
} from "../networks/generator-weights.ts";
import type { Perceptual } from "../networks/perceptual.ts";
import {
  pictureTensors,
  storedPictureNetwork,
} from "../networks/picture-weights.ts";
import { storeTensor } from "../networks/stored-weights.ts";
import {
  disposeStyleEncoder,
  neutralVector,
  styleEncoderFrom,
} from "../networks/style-encoder.ts";
import { readSafetensors, type StoredTensor } from "../weights/safetensors.ts";
import { paintPadded } from "./paint-padded.ts";
import type { Picture } from "./picture.ts";
import { Random } from "./random.ts";
import { disposeBank, measureStyle } from "./style-bank.ts";

/** Gives a tensor (or variable) by its name. */
type Tensors = (name: string) => tf.Tensor;

/** The generator of a CartoonGAN, whichever it is. */
export interface Cartoonist {
  /** Named start values; they are the caller's. */
  readonly initial: [string, tf.Tensor][];
  /** Whether it paints from the start, and so need not first learn to give back what it sees. */
  readonly trained: boolean;
  /** Pictures [batch, h, w, 3] in 0..1, of any size. */
  paint(tensor: Tensors, x: tf.Tensor4D): tf.Tensor4D;
  /** The entries of its weights file. */
  stored(tensor: Tensors): Promise<[string, StoredTensor][]>;
}

/** The generator of the paper, from random weights. */
export function publishedCartoonist(
  seed: number,
  shape: CartoonganShape = { width: 64, blocks: 8 },
): Cartoonist {
  const layers = cartoonganLayers(shape);
  return {
    initial: pictureTensors(layers, Random.seeded(seed)),
    trained: false,
    paint: (tensor, x) => paintPadded(layers, tensor, x),
    stored: (tensor) => storedPictureNetwork(layers, tensor),
  };
}

/**
 * Fude's own generator with a style vector, twenty times smaller.
 * @param base weights of G and S, which start it from the mean of the vectors that S predicts for the drawings; null:
 *   random weights
 * @throws Failure "damaged" where the base model lacks a tensor
 */
export function fastCartoonist(
  seed: number,
  base: Uint8Array | null,
  p: Perceptual,
  drawings: readonly Picture[],
  side: number,
): Cartoonist {
  return {
    initial:
      base === null
        ? randomStart(seed)
        : baseStart(seed, base, p, drawings, side),
    trained: base !== null,
    paint: (tensor, x) =>
      generate(generatorOf(tensor), x, tensor(styleVectorName) as tf.Tensor1D),
    stored: async (tensor) => [
      ...(await storedGenerator(generatorOf(tensor))),
      [styleVectorName, await storeTensor(tensor(styleVectorName))],
    ],
  };
}

function randomStart(seed: number): [string, tf.Tensor][] {
  return [
    ...namedTensors(createGenerator(seed)),
    [styleVectorName, neutralVector()],
  ];
}

function baseStart(
  seed: number,
  base: Uint8Array,
  p: Perceptual,
  drawings: readonly Picture[],
  side: number,
): [string, tf.Tensor][] {
  const file = readSafetensors(base, "the base model");
  const s = styleEncoderFrom(file);
  const random = Random.seeded(seed ^ 0x5eed);
  const bank = measureStyle(p, s, drawings, side, random);
  const vector = tf.clone(bank.vector!);
  disposeBank(bank);
  disposeStyleEncoder(s);
  return [
    ...namedTensors(generatorFrom(file, "The base model")),
    [styleVectorName, vector],
  ];
}
