import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";
import { type NumpyArray, readNpz } from "../read-npz.ts";
import type { Evaluator } from "./evaluator.ts";
import { standardised } from "./standardised.ts";

const fires = [2, 3, 4, 5, 6, 7, 8, 9];
/** Blue, green, red, 0..255. */
const meanColour = [104, 117, 123];
const styleTaps = ["conv1", "fire2", "fire4", "fire6", "fire8"] as const;
const contentTap = "fire6";

interface Convolution {
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/**
 * SqueezeNet v1.0 (Iandola et al. 2016), trained by others to recognise photographs: of another shape and origin than P.
 * Style is mean and deviation of its channels (Huang and Belongie 2017), content where they are active.
 * @param data the data folder
 * @returns null where the network is not there
 */
export function squeezeNet(data: string): Evaluator | null {
  const file = join(data, "networks", "squeezenet-v1.0-deepcompression.npz");
  if (!existsSync(file)) return null;
  const taps = squeezeNetTaps(readNpz(readFileSync(file)));
  return {
    name: "squeezenet",
    async look(picture) {
      const found = tf.tidy(() => taps(networkInput(picture)));
      const moments = tf.tidy(() =>
        tf.concat(
          styleTaps.flatMap((name) => {
            const { mean, variance } = tf.moments(found[name]!, [0, 1, 2]);
            return [mean as tf.Tensor1D, tf.sqrt(variance) as tf.Tensor1D];
          }),
        ),
      );
      const style = (await moments.data()) as Float32Array;
      const content = await standardised(found[contentTap]!);
      tf.dispose([found, moments]);
      return { style, content };
    },
    styleDistance,
  };
}

/** Twice the channels of the style taps: their means, then their deviations. */
const lengths = [96, 128, 256, 384, 512].map((channels) => 2 * channels);

/** Mean over the taps of ‖a − b‖ / √(‖a‖·‖b‖). */
function styleDistance(a: Float32Array, b: Float32Array): number {
  let begin = 0;
  let total = 0;
  for (const length of lengths) {
    let [difference, ofA, ofB] = [0, 0, 0];
    for (let i = begin; i < begin + length; i++) {
      difference += (a[i]! - b[i]!) ** 2;
      ofA += a[i]! ** 2;
      ofB += b[i]! ** 2;
    }
    begin += length;
    total += Math.sqrt(difference / Math.sqrt(ofA * ofB));
  }
  return total / lengths.length;
}

/** [1, h, w, 3], as the network takes it. */
export function networkInput({ width, height, samples }: Raster): tf.Tensor4D {
  const rgb = tf.tensor4d(Float32Array.from(samples), [1, height, width, 3]);
  return tf.sub(tf.reverse(rgb, 3), meanColour);
}

/**
 * @param arrays the network's tensors, filters [outputs, inputs, size, size]
 * @returns activations after ReLU by name, "conv1" and "fire2" to "fire9", for a picture [1, h, w, 3], BGR in 0..255 less
 *   the mean colour
 */
export function squeezeNetTaps(
  arrays: ReadonlyMap<string, NumpyArray>,
): (x: tf.Tensor4D) => Record<string, tf.Tensor4D> {
  const load = (name: string): Convolution => {
    const { data, shape } = arrays.get(`${name}_w`)!;
    return {
      filter: tf.tidy(() =>
        tf.transpose(
          tf.tensor4d(data, shape as [number, number, number, number]),
          [2, 3, 1, 0],
        ),
      ),
      bias: tf.tensor1d(arrays.get(`${name}_b`)!.data),
    };
  };
  const conv1 = load("conv1");
  const modules = fires.map((n) => ({
    name: `fire${n}`,
    squeeze: load(`fire${n}/conv1x1_1`),
    one: load(`fire${n}/conv1x1_2`),
    three: load(`fire${n}/conv3x3_2`),
  }));
  return (x) => {
    const taps: Record<string, tf.Tensor4D> = {};
    let h = convolve(x, conv1, 2, "valid");
    taps.conv1 = h;
    h = pool(h);
    for (const { name, squeeze, one, three } of modules) {
      const narrow = convolve(h, squeeze, 1, "valid");
      h = tf.concat(
        [convolve(narrow, one, 1, "valid"), convolve(narrow, three, 1, "same")],
        3,
      );
      taps[name] = h;
      if (name === "fire4" || name === "fire8") h = pool(h);
    }
    return taps;
  };
}

function convolve(
  x: tf.Tensor4D,
  { filter, bias }: Convolution,
  stride: number,
  pad: "valid" | "same",
): tf.Tensor4D {
  return tf.relu(tf.add<tf.Tensor4D>(tf.conv2d(x, filter, stride, pad), bias));
}

/** 3x3 at every second place; as in Caffe the last windows may reach over the edge (nothing is below 0 here). */
function pool(x: tf.Tensor4D): tf.Tensor4D {
  const over = (side: number) => (side - 3) % 2;
  const [, height, width] = x.shape;
  const padded = tf.pad(x, [
    [0, 0],
    [0, over(height)],
    [0, over(width)],
    [0, 0],
  ]);
  return tf.maxPool(padded as tf.Tensor4D, 3, 2, "valid");
}
