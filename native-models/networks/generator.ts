import * as tf from "@tensorflow/tfjs-core";
import { conditionalInstanceNorm } from "./conditional-instance-norm.ts";
import { padToSize } from "./pad-to-size.ts";
import { reflectPad } from "./reflect-pad.ts";
import { runConvolution } from "./run-convolution.ts";
import { upsamplingConvolution } from "./upsampling-convolution.ts";

/** A convolution of G over reflected edges; `stride` 2 halves the picture, `upsample` doubles it (nearest) before. */
export interface GeneratorLayer {
  /** The name of its tensors in files, after "generator.", as PyTorch's `nn.Sequential`s count them. */
  readonly name: string;
  readonly size: 3 | 5;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: 1 | 2;
  readonly upsample: boolean;
  /** Where a residual block's input is added to the layer's output; such a layer has no ReLU. */
  readonly endsBlock: boolean;
}

const residualBlocks = 6;

/**
 * G (Johnson et al. 2016's shape, made small): c5s2 3→24, c3s2 24→64, six residual blocks of 64, nearest x2 and c3
 * 64→48, nearest x2 and c3 48→16, c5 16→3. All but the last are normalised (`normalisedChannels`) and the ReLU follows,
 * except at the end of a block (He et al. 2016's, with nothing after the sum).
 */
export const generatorLayers: readonly GeneratorLayer[] = [
  layer("cs.0.1", 5, 3, 24, { stride: 2 }),
  layer("cs.1.1", 3, 24, 64, { stride: 2 }),
  ...Array.from({ length: 2 * residualBlocks }, (_, index) =>
    layer(`cs.${index + 2}.1`, 3, 64, 64, { endsBlock: index % 2 === 1 }),
  ),
  layer("cs.14.1", 3, 64, 48, { upsample: true }),
  layer("cs.15.1", 3, 48, 16, { upsample: true }),
  layer("o.1", 5, 16, 3, {}),
];

/** G works on sides that are multiples of this; others are padded and cropped. */
export const sideMultiple = 4;

/** Numbers in a style vector: γ, then β, of every normalised layer in order. */
export const vectorLength = generatorLayers
  .slice(0, -1)
  .reduce((sum, { outputs }) => sum + 2 * outputs, 0);

/**
 * Filters are [size, size, inputs, outputs], biases [outputs], one of each per entry of `generatorLayers`. At full
 * strength only the last bias has an effect: normalisation takes the others out again.
 */
export interface Generator {
  readonly filters: readonly tf.Tensor4D[];
  readonly biases: readonly tf.Tensor1D[];
}

/**
 * Applies a style.
 *
 * Strength is a matter of features: each normalised layer gives (1 − strength)·x + strength·CIN(x), after Huang and
 * Belongie 2017, section 6.4, in every layer. G is trained to give the picture itself where nothing is normalised, so
 * strength 0 is the picture and what lies between is drawn, not blended.
 * @param x pictures [batch, h, w, 3], RGB in 0..1, of any size from 1x1
 * @param vector one style for all [1840], or one for each [batch, 1840]
 * @param strength 0, the picture, to 1, the style
 * @returns [batch, h, w, 3] in 0..1
 */
export function generate(
  g: Generator,
  x: tf.Tensor4D,
  vector: tf.Tensor1D | tf.Tensor2D,
  strength = 1,
): tf.Tensor4D {
  return tf.tidy(() => {
    const styles = splitVector(vector);
    const [batch, height, width] = x.shape;
    const padded = padToSize(x, paddedSide(height), paddedSide(width));
    let h = tf.sub<tf.Tensor4D>(tf.mul(padded, 2), 1);
    let blockInput = h;
    generatorLayers.slice(0, -1).forEach((layer, index) => {
      if (generatorLayers[index + 1]?.endsBlock) blockInput = h;
      const y = convolve(g, index, h);
      const z = mixed(
        () => tf.add<tf.Tensor4D>(y, g.biases[index]!),
        () => conditionalInstanceNorm(y, ...styles[index]!),
        strength,
      );
      h = layer.endsBlock ? tf.add(blockInput, z) : tf.relu(z);
    });
    const last = generatorLayers.length - 1;
    const y = tf.add<tf.Tensor4D>(convolve(g, last, h), g.biases[last]!);
    const result = tf.sigmoid(y);
    return padded.shape[1] === height && padded.shape[2] === width
      ? result
      : tf.slice(result, [0, 0, 0, 0], [batch, height, width, 3]);
  });
}

/** What of the two has no part in the mix is not computed. */
function mixed(
  own: () => tf.Tensor4D,
  styled: () => tf.Tensor4D,
  strength: number,
): tf.Tensor4D {
  if (strength === 1) return styled();
  if (strength === 0) return own();
  return tf.add(tf.mul(own(), 1 - strength), tf.mul(styled(), strength));
}

/** γ and β of every normalised layer, [1, 1, 1, channels] or [batch, 1, 1, channels]. */
export function splitVector(
  vector: tf.Tensor1D | tf.Tensor2D,
): [scale: tf.Tensor4D, shift: tf.Tensor4D][] {
  if (vector.shape.at(-1) !== vectorLength) {
    throw new RangeError(
      `A style vector has ${vectorLength} numbers, not ${vector.shape.at(-1)}.`,
    );
  }
  const rows = tf.reshape(vector, [-1, 1, 1, vectorLength]);
  const sizes = generatorLayers
    .slice(0, -1)
    .flatMap(({ outputs }) => [outputs, outputs]);
  const parts = tf.split<tf.Tensor4D>(rows, sizes, 3);
  return sizes
    .filter((_, index) => index % 2 === 0)
    .map((_, index) => [parts[2 * index]!, parts[2 * index + 1]!]);
}

/** The side that G sees for one of `side` pixels: a multiple of four, and enough to reflect at a quarter of it. */
export function paddedSide(side: number): number {
  return Math.max(
    2 * sideMultiple,
    Math.ceil(side / sideMultiple) * sideMultiple,
  );
}

/** One layer's convolution with its upsampling before it, and without its bias. */
export function convolve(
  g: Generator,
  index: number,
  x: tf.Tensor4D,
): tf.Tensor4D {
  const { size, stride, upsample } = generatorLayers[index]!;
  const filter = g.filters[index]!;
  if (upsample) return upsamplingConvolution(x, filter);
  return tf.tidy(() => {
    const padded = reflectPad(x, (size - 1) / 2);
    return index === generatorLayers.length - 1
      ? runConvolution(padded, filter)
      : tf.conv2d(padded, filter, stride, "valid");
  });
}

function layer(
  name: string,
  size: 3 | 5,
  inputs: number,
  outputs: number,
  options: Partial<Pick<GeneratorLayer, "stride" | "upsample" | "endsBlock">>,
): GeneratorLayer {
  return {
    name,
    size,
    inputs,
    outputs,
    stride: 1,
    upsample: false,
    endsBlock: false,
    ...options,
  };
}
