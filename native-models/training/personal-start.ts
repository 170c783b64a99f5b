import type * as tf from "@tensorflow/tfjs-core";
import type { SettingsOf } from "../../common/contract/engine.ts";
import type { Raster } from "../../common/raster.ts";
import type { Generator } from "../networks/generator.ts";
import {
  createGenerator,
  disposeGenerator,
  generatorFrom,
  namedTensors,
  styleVectorName,
} from "../networks/generator-weights.ts";
import type { Perceptual } from "../networks/perceptual.ts";
import {
  disposeStyleEncoder,
  neutralVector,
  type StyleEncoder,
  styleEncoderFrom,
} from "../networks/style-encoder.ts";
import { readSafetensors } from "../weights/safetensors.ts";
import { Parameters } from "./parameters.ts";
import type { Picture } from "./picture.ts";
import { Random } from "./random.ts";
import { measureStyle, type StyleBank } from "./style-bank.ts";

export interface PersonalInput {
  readonly settings: SettingsOf<"personal">;
  /** RGB, 8 bit. */
  readonly drawings: readonly Raster[];
  readonly photos: readonly Raster[];
  /** Weights file of P. */
  readonly perceptual: Uint8Array;
  /** Weights file of G and S, or null to start from random weights. */
  readonly base: Uint8Array | null;
}

/** Where a personal style sets out from, before its first step. */
export interface StartingPoint {
  /** G's tensors and `style.vector`. */
  readonly parameters: Parameters;
  readonly bank: StyleBank;
  /** Learning rate of G, and that of the vector as a multiple of it. */
  readonly rates: { readonly generator: number; readonly vector: number };
}

/**
 * Stage 0. With a base model: its G and the mean of the vectors that S predicts for the drawings, which is something to
 * look at before the first step. Without: random weights.
 */
export function startingPoint(
  { settings, base }: PersonalInput,
  p: Perceptual,
  drawings: readonly Picture[],
): StartingPoint {
  const random = Random.seeded(settings.seed ^ 0x5eed);
  const measure = (s: StyleEncoder | null) =>
    measureStyle(p, s, drawings, settings.crop, random);
  if (base === null) {
    const vector = neutralVector();
    const g = createGenerator(settings.seed);
    const parameters = parametersOf(g, vector);
    vector.dispose();
    return {
      parameters,
      bank: measure(null),
      rates: { generator: 1e-3, vector: 5 },
    };
  }
  const file = readSafetensors(base, "the base model");
  const s = styleEncoderFrom(file);
  const bank = measure(s);
  disposeStyleEncoder(s);
  const g = generatorFrom(file, "The base model");
  return {
    parameters: parametersOf(g, bank.vector!),
    bank,
    rates: { generator: 1e-3, vector: 8 },
  };
}

function parametersOf(g: Generator, vector: tf.Tensor1D): Parameters {
  const parameters = new Parameters([
    ...namedTensors(g),
    [styleVectorName, vector],
  ]);
  disposeGenerator(g);
  return parameters;
}

/** Tells runs apart: a checkpoint is taken up only by a run of the same settings and pictures. */
export function runName({
  settings,
  drawings,
  photos,
  base,
}: PersonalInput): string {
  const { steps: _, minutes: __, ...fixed } = settings;
  return JSON.stringify({
    ...fixed,
    drawings: drawings.map(({ width, height }) => [width, height]),
    photos: photos.length,
    base: base?.length ?? null,
  });
}
