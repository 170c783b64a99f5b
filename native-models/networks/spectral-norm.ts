import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../training/random.ts";

/**
 * Spectral normalisation (Miyato et al. 2018): a filter W, as the matrix that takes a patch to the output channels, is
 * divided by its largest singular value σ, so that a layer stretches nothing more than once. W's first left singular
 * vector u is followed by one power iteration for each of the discriminator's steps, and is part of its state: it
 * belongs in the checkpoint.
 */

/** Keeps a division by the length of a filter of zeros from being one by zero. */
const least = 1e-12;

/** A unit vector u to start from, [outputs]; after some fifteen power iterations it can be relied upon. */
export function startingVector(outputs: number, random: Random): tf.Tensor1D {
  return tf.tidy(() =>
    unit(
      tf.tensor1d(
        Float32Array.from({ length: outputs }, () => random.normal()),
      ),
    ),
  );
}

/**
 * One power iteration (algorithm 1): v ← Wᵀu / ‖Wᵀu‖, u ← Wv / ‖Wv‖.
 * @param filter W, [h, w, inputs, outputs]
 * @param u [outputs]
 * @returns the next u, [outputs]
 */
export function powerIteration(
  filter: tf.Tensor4D,
  u: tf.Tensor1D,
): tf.Tensor1D {
  return tf.tidy(() => {
    const transposed = asTransposedMatrix(filter);
    const v = unit(tf.dot(transposed, u) as tf.Tensor1D);
    return unit(tf.dot(v, transposed) as tf.Tensor1D);
  });
}

/**
 * W̄ = W / σ with σ = uᵀWv and v = Wᵀu / ‖Wᵀu‖ (eq. 8), so that σ = ‖Wᵀu‖. The gradient treats u and v as constants, as
 * eq. 12 does: ∂L/∂W = (∂L/∂W̄ − ⟨∂L/∂W̄, W̄⟩ · u vᵀ) / σ. Where u is a variable, it gets none.
 * @param filter W, [h, w, inputs, outputs]
 * @param u [outputs]
 */
export function spectrallyNormalised(
  filter: tf.Tensor4D,
  u: tf.Tensor1D,
): tf.Tensor4D {
  return tf.customGrad((w, save) => {
    const stretched = tf.dot(asTransposedMatrix(w as tf.Tensor4D), u);
    const sigma = tf.maximum(tf.norm(stretched), least);
    const v = tf.div(stretched, sigma);
    const normalised = tf.div<tf.Tensor4D>(w as tf.Tensor, sigma);
    // Not tf.outerProduct: WebAssembly's matMul takes u for a column if it has been one before (4.22).
    const vu = tf.mul(tf.reshape(v, [-1, 1]), tf.reshape(u, [1, -1]));
    (save as tf.GradSaveFunc)([normalised, sigma, vu]);
    return {
      value: normalised,
      gradFunc: (dy, [wBar, sigma, vu]) => {
        const lambda = tf.sum(tf.mul(dy, wBar!));
        return tf.div(
          tf.sub(dy, tf.mul(lambda, tf.reshape(vu!, dy.shape))),
          sigma!,
        );
      },
    };
  })(filter) as tf.Tensor4D;
}

/** Wᵀ: [h·w·inputs, outputs]. */
function asTransposedMatrix(filter: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(filter, [-1, filter.shape[3]]);
}

function unit(x: tf.Tensor1D): tf.Tensor1D {
  return tf.div(x, tf.maximum(tf.norm(x), least));
}
