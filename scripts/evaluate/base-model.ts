import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { encodePictures } from "../../native-models/encode-pictures.ts";
import { generatorStyle } from "../../native-models/inference/generator-style.ts";
import type { StyleNetwork } from "../../native-models/inference/style-network.ts";
import type { Generator } from "../../native-models/networks/generator.ts";
import {
  generatorFrom,
  styleVectorFrom,
} from "../../native-models/networks/generator-weights.ts";
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
import { tensorFrom } from "../../native-models/training/pixels.ts";
import { readSafetensors } from "../../native-models/weights/safetensors.ts";

/** The bundled networks. */
export interface BaseModel {
  readonly g: Generator;
  readonly s: StyleEncoder;
  readonly p: Perceptual;
  /** Their weights files. */
  readonly files: {
    readonly base: Uint8Array<ArrayBuffer>;
    readonly perceptual: Uint8Array<ArrayBuffer>;
  };
}

/** @param models folder of the bundled models */
export function readBaseModel(models: string): BaseModel {
  const files = {
    base: readWeights(models, "base"),
    perceptual: readWeights(models, "perceptual"),
  };
  const base = readSafetensors(files.base);
  return {
    g: generatorFrom(base, "The base model"),
    s: styleEncoderFrom(base),
    p: readPerceptual(models),
    files,
  };
}

export function readPerceptual(models: string): Perceptual {
  return perceptualFrom(readSafetensors(readWeights(models, "perceptual")));
}

function readWeights(models: string, name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    readFileSync(join(models, name, "weights.safetensors")),
  );
}

/** The vector of the instant style that the studio makes of drawings, [1840]. */
export async function instantVector(
  { files }: BaseModel,
  drawings: readonly Raster<Uint8Array<ArrayBuffer>>[],
): Promise<tf.Tensor1D> {
  const style = await encodePictures({ pictures: [...drawings], ...files });
  return tf.tensor1d(styleVectorFrom(readSafetensors(style)));
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
