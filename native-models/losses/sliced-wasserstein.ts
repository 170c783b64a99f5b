import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../training/random.ts";

/** Side of the patches whose distribution is compared, in pixels. */
const side = 7;

/** Steps between patches at full, half and quarter size: as many patches at each, which overlap and miss no pixel. */
const strides = [4, 2, 1] as const;

/**
 * Directions V onto which patches are projected: unit vectors, spread evenly over the sphere.
 * @returns [7, 7, 3, count]
 */
export function drawDirections(count: number, random: Random): tf.Tensor4D {
  const shape: [number, number, number, number] = [side, side, 3, count];
  const values = Float32Array.from({ length: side * side * 3 * count }, () =>
    random.normal(),
  );
  return tf.tidy(() => {
    const directions = tf.tensor4d(values, shape);
    const squares = tf.sum(tf.square(directions), [0, 1, 2], true);
    return tf.div(directions, tf.sqrt(squares));
  });
}

/**
 * Sliced Wasserstein loss (Rabin et al. 2011; as a loss, Heitz et al. 2021, L_SW): the patches of the result are to be
 * distributed as those of the target, all of them and not just on average. At full, half and quarter size, the mean over
 * directions V of mean((sort(p·V) − sort(p̃·V))²) for all 7x7 patches p and p̃ of the batch.
 * @param result the generator's pictures, [batch, h, w, 3], h and w at least 28
 * @param target drawings of the same shape
 * @param directions V, [7, 7, 3, count]
 */
export function slicedWassersteinLoss(
  result: tf.Tensor4D,
  target: tf.Tensor4D,
  directions: tf.Tensor4D,
): tf.Scalar {
  let [x, y] = [result, target];
  const terms = strides.map((stride, scale) => {
    if (scale > 0) {
      x = tf.avgPool(x, 2, 2, "valid");
      y = tf.avgPool(y, 2, 2, "valid");
    }
    return sortedError(
      projections(x, directions, stride),
      projections(y, directions, stride),
    );
  });
  return tf.addN(terms) as tf.Scalar;
}

/** p·V: [directions, patches]. */
function projections(
  x: tf.Tensor4D,
  directions: tf.Tensor4D,
  stride: number,
): tf.Tensor2D {
  const projected = tf.conv2d(x, directions, stride, "valid");
  return tf.transpose(tf.reshape(projected, [-1, directions.shape[3]]));
}

/**
 * Mean squared difference of the sorted rows. Each value is compared with the target of its own rank instead, a constant
 * for the gradient: sorting moves values without changing them, so value and gradient are those of sorting.
 */
function sortedError(p: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
  return tf.customGrad((x, save) => {
    const values = x as tf.Tensor2D;
    const error = tf.sub(values, byRank(target, values));
    (save as tf.GradSaveFunc)([error]);
    return {
      value: tf.mean(tf.square(error)),
      gradFunc: (dy, [kept]) => tf.mul(tf.mul(kept!, 2 / kept!.size), dy),
    };
  })(p) as tf.Scalar;
}

/** Row by row: the target's values, put in the order in which `values` are sorted. */
function byRank(target: tf.Tensor2D, values: tf.Tensor2D): tf.Tensor {
  const [rows, columns] = values.shape;
  const sorted = tf.topk(target, columns).values;
  const holders = tf.topk(values, columns).indices;
  const first = tf.range(0, rows * columns, columns, "int32");
  const places = tf.add(tf.reshape(first, [rows, 1]), holders);
  const flat = tf.scatterND(
    tf.reshape(places, [-1, 1]),
    tf.reshape(sorted, [-1]),
    [rows * columns],
  );
  return tf.reshape(flat, [rows, columns]);
}
