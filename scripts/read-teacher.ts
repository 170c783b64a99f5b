import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import {
  type Convolution,
  type Perceptual,
  type PerceptualLayer,
  perceptualLayers,
} from "../native-models/networks/perceptual.ts";
import { readNpz } from "./read-npz.ts";

/**
 * The teacher of P: VGG-19 with a quarter of its channels by Collaborative Distillation (Wang et al., CVPR 2020, MIT).
 * Its colour layer, which turns RGB in 0..1 into BGR in 0..255 less a mean, is linear and 1x1 and folds into its first
 * convolution, so that it has P's very shape.
 * @param data the data folder, with a trailing slash
 */
export function readTeacher(data: URL): Perceptual {
  const arrays = readNpz(
    readFileSync(new URL("networks/vgg19-16x-distilled-stage5.npz", data)),
  );
  const array = (name: string) => {
    const { data: values, shape } = arrays.get(name)!;
    return tf.tensor(values, [...shape]);
  };
  const layers = new Map<PerceptualLayer, Convolution>();
  for (const { name } of perceptualLayers) {
    const stored = name.replace("_", "");
    layers.set(
      name,
      tf.tidy(() => {
        const filter = tf.transpose(
          array(`${stored}.weight`) as tf.Tensor4D,
          [2, 3, 1, 0],
        );
        const bias = array(`${stored}.bias`) as tf.Tensor1D;
        return name === "conv1_1"
          ? withColours(
              filter,
              bias,
              array("conv0.weight"),
              array("conv0.bias"),
            )
          : { filter, bias };
      }) as Convolution,
    );
  }
  return layers;
}

function withColours(
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  colours: tf.Tensor,
  offset: tf.Tensor,
): { filter: tf.Tensor4D; bias: tf.Tensor1D } {
  const [height, width, , outputs] = filter.shape;
  const rows = tf.reshape(tf.transpose(filter, [0, 1, 3, 2]), [-1, 3]);
  const mixed = tf.matMul(rows, tf.reshape(colours, [3, 3]));
  const shift = tf.mul(filter, tf.reshape(offset, [1, 1, 3, 1]));
  return {
    filter: tf.transpose(
      tf.reshape(mixed, [height, width, outputs, 3]),
      [0, 1, 3, 2],
    ) as tf.Tensor4D,
    bias: tf.add<tf.Tensor1D>(bias, tf.sum(shift, [0, 1, 2])),
  };
}
