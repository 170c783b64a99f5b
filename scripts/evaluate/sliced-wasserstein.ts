import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { Random } from "../../native-models/training/random.ts";
import { labFrom } from "./lab.ts";
import { planesOf, pyramid } from "./pyramid.ts";
import { quantiles } from "./quantiles.ts";

const size = 7;
const scales = 3;
const projections = 64;
const shares = 32;
/** Pixels of the picture between patches, at every scale. */
const apart = 8;

/**
 * Patches of 7x7 in CIELAB at three scales, projected on 64 fixed random directions: quantiles of each projection. The
 * mean absolute difference of two pictures' numbers is the sliced Wasserstein-1 distance of their patches (Rabin et al.
 * 2011; on patches Karras et al. 2018), and the mean of several pictures' their barycentre.
 * @returns scales × directions × 32 numbers
 */
export async function patchQuantiles(picture: Raster): Promise<Float32Array> {
  const projected = tf.tidy(() =>
    pyramid(planesOf(labFrom(picture)), scales).map((planes, scale) => {
      const lab = tf.transpose(planes, [3, 1, 2, 0]);
      const stride = apart >> scale;
      const maps = tf.conv2d(lab, randomDirections(), stride, "valid");
      return tf.transpose(tf.reshape(maps, [-1, projections]));
    }),
  );
  const values: number[] = [];
  for (const scale of projected) {
    const all = (await scale.data()) as Float32Array;
    const count = all.length / projections;
    for (let begin = 0; begin < all.length; begin += count) {
      values.push(...quantiles(all.slice(begin, begin + count), shares));
    }
  }
  tf.dispose(projected);
  return Float32Array.from(values);
}

/** In steps of L*. */
export function slicedWasserstein(a: Float32Array, b: Float32Array): number {
  return (
    (100 * a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0)) /
    a.length
  );
}

/** Unit vectors of 147 numbers, always the same, as filters [7, 7, 3, 64]. */
function randomDirections(): tf.Tensor4D {
  const random = Random.seeded(17);
  const values = Float32Array.from(
    { length: size * size * 3 * projections },
    () => random.normal(),
  );
  const raw = tf.tensor4d(values, [size, size, 3, projections]);
  return tf.div(raw, tf.sqrt(tf.sum(tf.square(raw), [0, 1, 2])));
}
