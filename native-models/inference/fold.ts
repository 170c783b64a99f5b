import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import {
  normalisationEpsilon,
  pixelMoments,
} from "../networks/conditional-instance-norm.ts";
import {
  type Generator,
  type GeneratorLayer,
  generatorLayers,
  splitVector,
} from "../networks/generator.ts";
import {
  convolvePart,
  type Part,
  rearrangedChannels,
  rearrangedFilter,
} from "./convolve-part.ts";
import { weightsFor } from "./pixel-weights.ts";
import { runChain } from "./run-chain.ts";
import { axisSpans } from "./spans.ts";
import type { FreezeOptions } from "./style-network.ts";

/** A layer of the chain: its filter and bias as `convolvePart` takes them. */
export interface FoldedLayer {
  readonly layer: GeneratorLayer;
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/**
 * Freezes the statistics of every normalisation at those of a small version of the picture and folds them, with the
 * style, into the convolutions, so that G becomes a chain of convolution, bias and ReLU whose pixels depend on their
 * surroundings only: tiles of it fit together. With depth t a normalised layer is (1 − t)·(y + bias) + t·CIN(y) as in
 * `generate`, which is one factor and one offset for each channel too.
 * @param thumbnail [1, h, w, 3] in 0..1, both sides multiples of 4 and at least 8
 * @param vector the style, [1840]
 * @param pause awaited after each layer; may throw to give up
 * @param options.depth how far into the features the style reaches: 0, the picture, to 1, which it is by default
 * @param options.inside see `StyleNetwork.freeze`
 * @returns the chain, and the styled thumbnail [1, h, w, 3], which the caller owns
 * @throws Failure "damaged" where the style's numbers run over
 */
export async function foldGenerator(
  g: Generator,
  thumbnail: tf.Tensor4D,
  vector: tf.Tensor1D,
  pause: () => Promise<void>,
  { depth = 1, inside }: FreezeOptions = {},
): Promise<{ chain: FoldedLayer[]; styled: tf.Tensor4D }> {
  const [, height, width] = thumbnail.shape;
  const chain: FoldedLayer[] = [];
  try {
    const styled = await runChain(
      tf.clone(thumbnail),
      axisSpans(height, 0, height),
      axisSpans(width, 0, width),
      (layer, index, x, part) => {
        const { folded, y } = foldLayer(
          g,
          layer,
          index,
          x,
          part,
          vector,
          depth,
          inside,
        );
        chain.push(folded);
        return y;
      },
      pause,
    );
    await requireNumbers(chain).catch((error) => {
      styled.dispose();
      throw error;
    });
    return { chain, styled };
  } catch (error) {
    disposeChain(chain);
    throw error;
  }
}

export function disposeChain(chain: readonly FoldedLayer[]): void {
  tf.dispose(chain.flatMap(({ filter, bias }) => [filter, bias]));
}

/**
 * Refuses a style whose numbers run over. The pixels alone do not tell: WebAssembly's ReLU makes nought of what is no
 * number.
 */
export async function requireNumbers(
  chain: readonly Pick<FoldedLayer, "bias">[],
): Promise<void> {
  const all = tf.concat(chain.map(({ bias }) => bias));
  const values = await all.data();
  all.dispose();
  if (!values.every(Number.isFinite)) {
    throw new Failure("damaged", "The style's weights give no picture.", {
      hint: "Choose another style, or train this one anew.",
    });
  }
}

/** Runs one layer on the whole thumbnail, up to its normalisation, and folds it. */
function foldLayer(
  g: Generator,
  layer: GeneratorLayer,
  index: number,
  x: tf.Tensor4D,
  part: Part,
  vector: tf.Tensor1D,
  depth: number,
  inside: tf.Tensor4D | undefined,
): { folded: FoldedLayer; y: tf.Tensor4D } {
  const [filter, bias, y] = tf.tidy(() => {
    const filter = rearrangedFilter(layer, g.filters[index]!);
    if (index === generatorLayers.length - 1) {
      const bias = rearrangedChannels(layer, g.biases[index]!);
      return [filter, bias, convolvePart(layer, x, filter, part, bias)];
    }
    // The bias of the convolution is not there at all: the normalisation takes it out again. What the depth leaves
    // unnormalised has it.
    const y = convolvePart(layer, x, filter, part);
    const { mean, variance } = pixelMoments(y, weightsFor(y, inside));
    const [scale, shift] = splitVector(vector)[index]!;
    const full = tf.div<tf.Tensor4D>(
      scale,
      tf.sqrt(tf.add(variance, normalisationEpsilon)),
    );
    const factor = tf.add<tf.Tensor4D>(tf.mul(full, depth), 1 - depth);
    const offset = tf.add<tf.Tensor4D>(
      tf.mul(tf.sub(shift, tf.mul(mean, full)), depth),
      tf.mul(g.biases[index]!, 1 - depth),
    );
    const normalised = tf.add<tf.Tensor4D>(tf.mul(y, factor), offset);
    return [
      tf.mul(filter, rearrangedChannels(layer, factor)),
      rearrangedChannels(layer, tf.reshape(offset, [-1])),
      layer.endsBlock ? normalised : tf.relu(normalised),
    ];
  }) as [tf.Tensor4D, tf.Tensor1D, tf.Tensor4D];
  return { folded: { layer, filter, bias }, y };
}
