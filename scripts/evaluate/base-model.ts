import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { generatorStyle } from "../../native-models/inference/generator-style.ts";
import type { StyleNetwork } from "../../native-models/inference/style-network.ts";
import type { Generator } from "../../native-models/networks/generator.ts";
import { generatorFrom } from "../../native-models/networks/generator-weights.ts";
import {
  type Perceptual,
  perceptualFrom,
  perceptualTaps,
} from "../../native-models/networks/perceptual.ts";
import {
  encodeStyle,
  type StyleEncoder,
  styleEncoderFrom,
  styleStatistics,
} from "../../native-models/networks/style-encoder.ts";
import { pictureFrom } from "../../native-models/training/picture.ts";
import { tensorFrom } from "../../native-models/training/pixels.ts";
import { Random } from "../../native-models/training/random.ts";
import { measureStyle } from "../../native-models/training/style-bank.ts";
import {
  readSafetensors,
  type Safetensors,
} from "../../native-models/weights/safetensors.ts";

/** Side of the crops by which a folder is measured, as in the recipe "personal". */
const crop = 160;

/** The bundled networks. */
export interface BaseModel {
  readonly g: Generator;
  readonly s: StyleEncoder;
  readonly p: Perceptual;
}

/** @param models folder of the bundled models */
export function readBaseModel(models: string): BaseModel {
  const base = readWeights(models, "base");
  return {
    g: generatorFrom(base, "The base model"),
    s: styleEncoderFrom(base),
    p: readPerceptual(models),
  };
}

export function readPerceptual(models: string): Perceptual {
  return perceptualFrom(readWeights(models, "perceptual"));
}

function readWeights(models: string, name: string): Safetensors {
  const file = join(models, name, "weights.safetensors");
  return readSafetensors(new Uint8Array(readFileSync(file)));
}

/**
 * The vector that S predicts: for one drawing from the whole of it, for several as the mean over crops that a training
 * begins with.
 */
export function instantVector(
  { s, p }: BaseModel,
  drawings: readonly Raster[],
): tf.Tensor1D {
  const [only] = drawings;
  if (only !== undefined && drawings.length === 1)
    return ownVector({ s, p }, only);
  const { style, vector } = measureStyle(
    p,
    s,
    drawings.map(pictureFrom),
    crop,
    Random.seeded(1),
  );
  for (const { gram, moments } of style) tf.dispose([gram, moments]);
  return vector!;
}

/** S's vector for one picture, [1840]. */
export function ownVector(
  { s, p }: Pick<BaseModel, "s" | "p">,
  picture: Raster,
): tf.Tensor1D {
  return tf.tidy(() => {
    const taps = perceptualTaps(p, tensorFrom(picture));
    return tf.squeeze<tf.Tensor1D>(encodeStyle(s, styleStatistics(taps)), [0]);
  });
}

/** @returns a style that uses the base's G: dispose of the vector, not of the style */
export function instantStyle(
  { g }: BaseModel,
  vector: tf.Tensor1D,
): StyleNetwork {
  return generatorStyle(g, vector);
}
