import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { Random } from "../../native-models/training/random.ts";
import { labFrom } from "./lab.ts";

interface PatchKind {
  readonly side: number;
  /** In lightness, each less its mean and of length 1; flat ones are left out. Else CIELAB as it is. */
  readonly shapeOnly: boolean;
}

/** Small: what a style is made of. */
export const strokes: PatchKind = { side: 7, shapeOnly: false };
/** Large: something recognisable. */
export const motifs: PatchKind = { side: 24, shapeOnly: true };

/** A patch whose lightness deviates less than this from its mean shows nothing: two steps of L*. */
const flat = 0.02;

/**
 * Patches from places that are always the same for pictures of the same sizes.
 * @param count in all, spread evenly over the pictures
 * @returns [at most count, numbers of a patch]
 */
export function samplePatches(
  pictures: readonly Raster[],
  { side, shapeOnly }: PatchKind,
  count: number,
): tf.Tensor2D {
  const random = Random.seeded(29);
  const rows: Float32Array[] = [];
  for (const picture of pictures) {
    const lab = tf.tidy(() => labFrom(picture).dataSync()) as Float32Array;
    const { width, height } = picture;
    const share = Math.ceil(count / pictures.length);
    for (let drawn = 0; drawn < share; drawn++) {
      const left = random.below(width - side + 1);
      const top = random.below(height - side + 1);
      const patch = cut(lab, width, left, top, side, shapeOnly ? 1 : 3);
      if (!shapeOnly) rows.push(patch);
      else if (toShape(patch)) rows.push(patch);
    }
  }
  const length = side * side * (shapeOnly ? 1 : 3);
  const values = new Float32Array(rows.length * length);
  rows.forEach((row, i) => {
    values.set(row, i * length);
  });
  return tf.tensor2d(values, [rows.length, length]);
}

/**
 * Root mean square distance of each patch from the nearest of others.
 * @returns one number for each row of `from`
 */
export async function nearestDistances(
  from: tf.Tensor2D,
  to: tf.Tensor2D,
): Promise<number[]> {
  const nearest = tf.tidy(() => {
    const squares = tf.sub(
      tf.sum(tf.square(to), 1),
      tf.mul(2, tf.matMul(from, to, false, true)),
    );
    const smallest = tf.add(tf.min(squares, 1), tf.sum(tf.square(from), 1));
    return tf.sqrt(tf.relu(tf.div(smallest, from.shape[1])));
  });
  const values = await nearest.data();
  nearest.dispose();
  return Array.from(values);
}

function cut(
  lab: Float32Array,
  width: number,
  left: number,
  top: number,
  side: number,
  channels: number,
): Float32Array {
  const patch = new Float32Array(side * side * channels);
  let to = 0;
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      for (let c = 0; c < channels; c++) {
        patch[to++] = lab[(y * width + x) * 3 + c]!;
      }
    }
  }
  return patch;
}

/** @returns whether there is a shape */
function toShape(patch: Float32Array): boolean {
  const mean = patch.reduce((sum, v) => sum + v, 0) / patch.length;
  const squares = patch.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  if (Math.sqrt(squares / patch.length) < flat) return false;
  const scale = Math.sqrt(patch.length / squares);
  for (let i = 0; i < patch.length; i++) patch[i] = (patch[i]! - mean) * scale;
  return true;
}
