import * as tf from "@tensorflow/tfjs-core";
import { normalisationEpsilon } from "../networks/conditional-instance-norm.ts";
import {
  convolveLayer,
  type Generator,
  type GeneratorLayer,
  generatorLayers,
  splitVector,
} from "../networks/generator.ts";

/** A convolution in the form in which tiles run it; see `foldLayer`. */
export interface FoldedLayer {
  readonly layer: GeneratorLayer;
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/** Pixels side by side that the last layer makes at once. */
export const lastLayerRun = 4;

/**
 * Freezes the statistics of every normalisation at those of a small version of the picture and folds them, with the
 * style, into the convolutions, so that G becomes a chain of convolution, bias and ReLU whose pixels depend on their
 * surroundings only: tiles of it fit together.
 * @param thumbnail [1, h, w, 3] in 0..1, both sides multiples of 4 and at least 8
 * @param vector the style, [1840]
 * @param pause awaited after each layer; may throw to give up
 * @returns layers that the caller owns
 */
export async function foldGenerator(
  g: Generator,
  thumbnail: tf.Tensor4D,
  vector: tf.Tensor1D,
  pause: () => Promise<void>,
): Promise<FoldedLayer[]> {
  const folded: FoldedLayer[] = [];
  let h = tf.tidy(() => tf.sub<tf.Tensor4D>(tf.mul(thumbnail, 2), 1));
  let blockInput: tf.Tensor4D | null = null;
  try {
    for (const [index, layer] of generatorLayers.entries()) {
      const opensBlock = generatorLayers[index + 1]?.endsBlock ?? false;
      const step = foldStep(g, index, vector, h, blockInput);
      folded.push(step.folded);
      if (layer.endsBlock) {
        blockInput?.dispose();
        blockInput = null;
      }
      if (opensBlock) blockInput = h;
      else h.dispose();
      h = step.h;
      await pause();
    }
    return folded;
  } catch (error) {
    disposeFolded(folded);
    throw error;
  } finally {
    h.dispose();
    blockInput?.dispose();
  }
}

export function disposeFolded(folded: readonly FoldedLayer[]): void {
  tf.dispose(folded.flatMap(({ filter, bias }) => [filter, bias]));
}

/** Runs one layer on the thumbnail and folds it. */
function foldStep(
  g: Generator,
  index: number,
  vector: tf.Tensor1D,
  h: tf.Tensor4D,
  blockInput: tf.Tensor4D | null,
): { h: tf.Tensor4D; folded: FoldedLayer } {
  const layer = generatorLayers[index]!;
  const [output, filter, bias] = tf.tidy(() => {
    const filter = g.filters[index]!;
    const bias = g.biases[index]!;
    if (index === generatorLayers.length - 1) {
      return [tf.scalar(0), ...rearranged(layer, filter, bias)];
    }
    const y = convolveLayer(g, index, h);
    const { mean, variance } = tf.moments(y, [1, 2], true);
    const [scale, shift] = splitVector(vector)[index]!;
    const factor = tf.div<tf.Tensor4D>(
      scale,
      tf.sqrt(tf.add(variance, normalisationEpsilon)),
    );
    const offset = tf.sub<tf.Tensor4D>(shift, tf.mul(mean, factor));
    const z = tf.add<tf.Tensor4D>(tf.mul(y, factor), offset);
    const output =
      blockInput && layer.endsBlock ? tf.add(z, blockInput) : tf.relu(z);
    return [
      output,
      ...rearranged(
        layer,
        tf.mul<tf.Tensor4D>(filter, factor),
        tf.reshape(tf.add(tf.mul(bias, factor), offset), [layer.outputs]),
      ),
    ];
  }) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D];
  return { h: output, folded: { layer, filter, bias } };
}

/** Filter and bias in the form that is quickest to run: fewer multiplications for the layers that upsample. */
function rearranged(
  layer: GeneratorLayer,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
): [filter: tf.Tensor4D, bias: tf.Tensor1D] {
  if (layer.upsample) {
    return [upsamplingFilter(filter), tf.tile(bias, [4])];
  }
  if (layer.name === "o.1") {
    return [runFilter(filter), tf.tile(bias, [lastLayerRun])];
  }
  return [tf.clone(filter), tf.clone(bias)];
}

/**
 * Nearest x2 and a 3x3 convolution as one 2x2 convolution of the small picture (Shi et al. 2016, section 2.2, the other
 * way round): each of the four pixels that one becomes sees only 2x2 different ones, with sums of the nine weights.
 *
 * The window over rows i−1 and i holds the second pixel that i−1 becomes and the first of i: that order is the order of
 * the four groups of outputs, so that `depthToSpace` lays down a picture that begins with the odd pixel 2(i−1)+1.
 * @param filter [3, 3, inputs, outputs]
 * @returns [2, 2, inputs, 4·outputs]
 */
function upsamplingFilter(filter: tf.Tensor4D): tf.Tensor4D {
  const second = (axis: 0 | 1) => (f: tf.Tensor4D) => {
    const [a, b, c] = tf.split<tf.Tensor4D>(f, 3, axis);
    return tf.concat<tf.Tensor4D>([tf.add(a!, b!), c!], axis);
  };
  const first = (axis: 0 | 1) => (f: tf.Tensor4D) => {
    const [a, b, c] = tf.split<tf.Tensor4D>(f, 3, axis);
    return tf.concat<tf.Tensor4D>([a!, tf.add(b!, c!)], axis);
  };
  const rows = [second(0)(filter), first(0)(filter)];
  return tf.concat(
    rows.flatMap((row) => [second(1)(row), first(1)(row)]),
    3,
  );
}

/**
 * A convolution to few channels as one that makes `lastLayerRun` neighbours of a row at once: four pixels of 16 channels
 * are one of 64, without moving anything, and matrix products of three columns waste most of the processor.
 * @param filter [5, 5, 16, 3]
 * @returns [5, 2, 64, 12]
 */
function runFilter(filter: tf.Tensor4D): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape;
  const span = 2 * lastLayerRun;
  const shifted = Array.from({ length: lastLayerRun }, (_, by) =>
    tf.pad(filter, [
      [0, 0],
      [by, span - width - by],
      [0, 0],
      [0, 0],
    ]),
  );
  return tf.reshape(tf.concat(shifted, 3), [
    height,
    2,
    lastLayerRun * inputs,
    lastLayerRun * outputs,
  ]);
}
