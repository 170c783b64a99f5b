import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../training/random.ts";

/** τ: how sharply the right place has to stand out from the others. */
const temperature = 0.07;

/** Places in a feature map, as row · w + column. */
type Places = readonly number[];

/**
 * Draws where features are compared: the S places of each map, none twice.
 * @param maps feature maps [batch, h, w, channels]
 * @param most places in one map; a map that has fewer gives them all
 */
export function drawPlaces(
  maps: readonly tf.Tensor4D[],
  most: number,
  random: Random,
): Places[] {
  return maps.map(({ shape: [, height, width] }) =>
    random.permutation(height * width).slice(0, most),
  );
}

/**
 * PatchNCE (Park et al. 2020, CUT, eq. 3): each place of the result is to resemble the same place of the content more
 * than it resembles the content's other places. Over the maps, the mean over pictures and places s of
 * ℓ(v, v⁺, v⁻) = −log(exp(v·v⁺/τ) / (exp(v·v⁺/τ) + Σₙ exp(v·v⁻ₙ/τ))) (eq. 2), with v = ẑₗˢ, v⁺ = zₗˢ, v⁻ = the other zₗ
 * of the same picture, all of length 1, and τ = 0.07.
 * @param result ẑ, feature maps of the generator's picture, [batch, h, w, channels]
 * @param content z, those of the picture that it was made from
 * @param places those of each map, as `drawPlaces` gives them
 */
export function patchNceLoss(
  result: readonly tf.Tensor4D[],
  content: readonly tf.Tensor4D[],
  places: readonly Places[],
): tf.Scalar {
  const terms = places.map((drawn, l) => {
    const v = unitFeatures(result[l]!, drawn);
    const z = unitFeatures(content[l]!, drawn);
    const logits = tf.div(tf.matMul(v, z, false, true), temperature);
    const own = tf.div(tf.sum(tf.mul(v, z), 2), temperature);
    return tf.mean(tf.sub(tf.logSumExp(logits, 2), own));
  });
  return tf.addN(terms) as tf.Scalar;
}

/** Features at the places, of length 1: [batch, places, channels]. */
function unitFeatures(map: tf.Tensor4D, places: Places): tf.Tensor3D {
  const [batch, height, width, channels] = map.shape;
  const rows = Array.from({ length: batch }, (_, i) =>
    places.map((place) => i * height * width + place),
  );
  const features = tf.reshape(
    tf.gather(
      tf.reshape(map, [-1, channels]),
      tf.tensor1d(rows.flat(), "int32"),
    ),
    [batch, places.length, channels],
  );
  const length = tf.sqrt(tf.add(tf.sum(tf.square(features), 2, true), 1e-8));
  return tf.div(features, length);
}
