import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { gaussianMean, lumaFrom } from "./luma.ts";

/** Share of the picture that counts as edges: the steepest places, so that the style's contrast does not matter. */
const share = 0.1;
/** Pixels by which an edge may have moved. */
const tolerance = 2;

/**
 * How well the edges of a picture lie where another's do: harmonic mean of precision and recall with a tolerance of two
 * pixels (Martin et al. 2004), over the tenth of each picture with the steepest gradient of grey (Gaussian of deviation
 * 1.5, Sobel).
 * @returns 0..1; pictures without edges agree with each other (1) and with nothing else (0)
 */
export async function edgeAgreement(a: Raster, b: Raster): Promise<number> {
  const [x, y] = [await edgesOf(a), await edgesOf(b)];
  const found = tf.tidy(() => {
    const near = (edges: tf.Tensor4D) =>
      tf.maxPool(edges, 2 * tolerance + 1, 1, "same");
    return tf
      .stack([
        tf.sum(x),
        tf.sum(y),
        tf.sum(tf.mul(x, near(y))),
        tf.sum(tf.mul(y, near(x))),
      ])
      .dataSync();
  });
  tf.dispose([x, y]);
  const [ofX = 0, ofY = 0, xNearY = 0, yNearX = 0] = found;
  if (ofX === 0 || ofY === 0) return ofX === ofY ? 1 : 0;
  const [recall, precision] = [xNearY / ofX, yNearX / ofY];
  return recall + precision === 0
    ? 0
    : (2 * recall * precision) / (recall + precision);
}

/** 1 where an edge is, [1, h − 14, w − 14, 1]. */
async function edgesOf(picture: Raster): Promise<tf.Tensor4D> {
  const steepness = tf.tidy(() => {
    const smooth = gaussianMean(lumaFrom(picture), 1.5, 6);
    const sobel = tf.tensor4d([1, 0, -1, 2, 0, -2, 1, 0, -1], [3, 3, 1, 1]);
    const x = tf.conv2d(smooth, sobel, 1, "valid");
    const y = tf.conv2d(smooth, tf.transpose(sobel, [1, 0, 2, 3]), 1, "valid");
    return tf.sqrt(tf.add(tf.square(x), tf.square(y))) as tf.Tensor4D;
  });
  const sorted = ((await steepness.data()) as Float32Array).slice().sort();
  const at = Math.floor((1 - share) * (sorted.length - 1));
  // What is hardly a slope is none, however few there are.
  const threshold = Math.max(sorted[at]!, 1e-3);
  const edges = tf.tidy(
    () => tf.cast(tf.greater(steepness, threshold), "float32") as tf.Tensor4D,
  );
  steepness.dispose();
  return edges;
}
