import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { generate } from "../../native-models/networks/generator.ts";
import { rasterFrom, tensorFrom } from "../../native-models/training/pixels.ts";
import { type BaseModel, ownVector } from "./base-model.ts";
import type { EvaluationContext } from "./context.ts";
import type { Evaluator } from "./evaluator.ts";
import { mean } from "./judge.ts";
import { readNamed, spread } from "./picture-files.ts";

/** What a base model has to keep, whatever its style scores. */
export interface BaseProperties {
  /** Peak signal-to-noise ratio in dB of photographs at strength 0 against themselves. */
  readonly identity: { readonly mean: number; readonly least: number };
  /** From strength 0 to 1 the distance from the style falls. */
  readonly strength: Monotony;
  /** From one style to another the distance from the second falls and that from the first grows. */
  readonly mixing: Monotony;
}

export interface Monotony {
  readonly paths: number;
  /** Share of the paths on which no step goes the wrong way by more than `tolerance` of the whole way. */
  readonly share: number;
  /** Mean distance from the end of the path at each place along it. */
  readonly distances: readonly number[];
}

/** A way from one picture to another: 0 ≤ t ≤ 1. */
type Path = (t: number) => Promise<Raster>;

const places = [0, 0.25, 0.5, 0.75, 1];
const tolerance = 0.02;
const mostPhotos = 16;

/** @param photos, drawings files that nothing was trained on */
export async function baseProperties(
  { base, evaluators, options, progress }: EvaluationContext,
  photos: readonly string[],
  drawings: readonly string[],
): Promise<BaseProperties> {
  const evaluator = evaluators[0]!;
  const ratios: number[] = [];
  const strength: number[][] = [];
  const mixing: number[][] = [];
  const styles = spread(drawings, mostPhotos);
  for (const [i, file] of spread(photos, mostPhotos).entries()) {
    progress(`strength and mixing ${i + 1}`);
    const { raster: photo } = await readNamed(file, options.side);
    const read = async (k: number) =>
      (await readNamed(styles[k % styles.length]!, options.side)).raster;
    // Half the list apart: drawings of different sets.
    const [first, second] = [
      await read(i),
      await read(i + Math.ceil(styles.length / 2)),
    ];
    const [a, b] = [ownVector(base, first), ownVector(base, second)];
    const path = strengthPath(base, photo, a);
    ratios.push(signalToNoise(photo, await path(0)));
    strength.push(await distancesAlong(evaluator, path, first));
    const mix = mixingPath(base, photo, a, b);
    mixing.push(await distancesAlong(evaluator, mix, second));
    const back: Path = (t) => mix(1 - t);
    mixing.push(await distancesAlong(evaluator, back, first));
    tf.dispose([a, b]);
  }
  return {
    identity: { mean: mean(ratios), least: Math.min(...ratios) },
    strength: monotony(strength),
    mixing: monotony(mixing),
  };
}

/** From the picture itself to the style. */
function strengthPath(
  { g }: BaseModel,
  photo: Raster,
  style: tf.Tensor1D,
): Path {
  return (t) => painted((x) => generate(g, x, style, t), photo);
}

function mixingPath(
  { g }: BaseModel,
  photo: Raster,
  from: tf.Tensor1D,
  to: tf.Tensor1D,
): Path {
  return (t) => painted((x) => generate(g, x, between(from, to, t)), photo);
}

function between(a: tf.Tensor1D, b: tf.Tensor1D, t: number): tf.Tensor1D {
  return tf.add(tf.mul(a, 1 - t), tf.mul(b, t));
}

async function painted(
  paint: (x: tf.Tensor4D) => tf.Tensor4D,
  photo: Raster,
): Promise<Raster> {
  const y = tf.tidy(() => paint(tensorFrom(photo)));
  const result = await rasterFrom(y);
  y.dispose();
  return result;
}

async function distancesAlong(
  evaluator: Evaluator,
  path: Path,
  drawing: Raster,
): Promise<number[]> {
  const { style } = await evaluator.look(drawing);
  const distances: number[] = [];
  for (const t of places) {
    const look = await evaluator.look(await path(t));
    distances.push(evaluator.styleDistance(look.style, style));
  }
  return distances;
}

export function monotony(paths: readonly (readonly number[])[]): Monotony {
  const falls = paths.filter((distances) => {
    const whole = Math.abs(distances[0]! - distances.at(-1)!);
    return distances
      .slice(1)
      .every((distance, i) => distance <= distances[i]! + tolerance * whole);
  });
  return {
    paths: paths.length,
    share: falls.length / paths.length,
    distances: places.map((_, i) => mean(paths.map((path) => path[i]!))),
  };
}

/** 10·log₁₀(255² / mean squared error), in dB. */
export function signalToNoise(a: Raster, b: Raster): number {
  let sum = 0;
  for (let i = 0; i < a.samples.length; i++) {
    sum += (a.samples[i]! - b.samples[i]!) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (sum / a.samples.length));
}
