import * as tf from "@tensorflow/tfjs-core";
import { instanceNorm } from "./instance-norm.ts";
import type { PictureLayer } from "./picture-layer.ts";
import { runLayer } from "./run-layer.ts";

/**
 * Runs a published generator that ends in tanh, for its training: in one piece, and with a gradient for every tensor.
 * @param tensor gives a tensor (or variable) by its name; filters are [size, size, inputs, outputs], those of transposed
 *   convolutions [size, size, outputs, inputs]
 * @param x pictures [batch, h, w, 3] in −1..1, both sides multiples of 4 and at least 8
 * @returns [batch, h, w, 3] in −1..1
 */
export function paint(
  layers: readonly PictureLayer[],
  tensor: (name: string) => tf.Tensor,
  x: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    let h = x;
    let block = x;
    for (const layer of layers) {
      if (layer.block === "begins") block = h;
      const y = layerOutput(layer, tensor, h);
      h = layer.block === "ends" ? tf.add(block, y) : y;
    }
    return tf.tanh(h);
  });
}

function layerOutput(
  layer: PictureLayer,
  tensor: (name: string) => tf.Tensor,
  x: tf.Tensor4D,
): tf.Tensor4D {
  const { name, normalisation, block } = layer;
  const filter = tensor(`${name}.weight`) as tf.Tensor4D;
  if (normalisation === "none") {
    const bias = tensor(`${name}.bias`) as tf.Tensor1D;
    return runLayer(layer, x, filter, bias, "linear");
  }
  // The bias of the convolution is not there at all: the normalisation takes it out again.
  const y = runLayer(layer, x, filter, null, "linear");
  const affine =
    normalisation === "plain"
      ? null
      : ([
          tensor(`${normalisation.name}.weight`),
          tensor(`${normalisation.name}.bias`),
        ] as const);
  const z = instanceNorm(y, affine);
  return block === "ends" ? z : tf.relu(z);
}
