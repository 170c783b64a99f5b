import * as tf from "@tensorflow/tfjs-core";
import type { PictureLayer } from "./picture-layer.ts";
import { reflectPad } from "./reflect-pad.ts";
import { upsamplingConvolution } from "./upsampling-convolution.ts";

/**
 * A published generator's convolution with what its kind does around it.
 * @param x [batch, h, w, inputs], with even sides where the layer halves them
 * @param filter as `LoadedLayer` has it
 * @returns [batch, h', w', outputs]
 */
export function runLayer(
  layer: PictureLayer,
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D | null,
  activation: "linear" | "relu",
): tf.Tensor4D {
  return tf.tidy(() => {
    if (layer.kind === "convolution") {
      return tf.fused.conv2d({
        x: padded(layer, x),
        filter,
        strides: layer.stride,
        pad: "valid",
        ...(bias === null ? {} : { bias }),
        activation,
      });
    }
    const y =
      layer.kind === "doubling"
        ? upsamplingConvolution(x, filter)
        : transposed(layer, x, filter);
    const shifted = bias === null ? y : tf.add<tf.Tensor4D>(y, bias);
    return activation === "relu" ? tf.relu(shifted) : shifted;
  });
}

/** The filter with every output channel multiplied by its own factor. */
export function scaledFilter(
  { kind, outputs }: PictureLayer,
  filter: tf.Tensor4D,
  factor: tf.Tensor,
): tf.Tensor4D {
  return tf.tidy(() =>
    kind === "transposed"
      ? tf.mul(filter, tf.reshape(factor, [1, 1, outputs, 1]))
      : tf.mul(filter, tf.reshape(factor, [1, 1, 1, outputs])),
  );
}

function padded(
  { size, stride, edges }: PictureLayer,
  x: tf.Tensor4D,
): tf.Tensor4D {
  const reach = (size - 1) / 2;
  // The row that PyTorch adds at the far end is never reached where the side is even and the stride 2.
  const after = edges === "zero" && stride === 2 ? reach - 1 : reach;
  const around: [number, number][] = [
    [0, 0],
    [reach, after],
    [reach, after],
    [0, 0],
  ];
  return edges === "zero" ? tf.pad(x, around) : reflectPad(x, reach);
}

/** PyTorch cuts its padding from what the transposed convolution makes, and adds a row at the far end. */
function transposed(
  { outputs }: PictureLayer,
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
): tf.Tensor4D {
  const [batch, height, width] = x.shape;
  const whole = tf.conv2dTranspose(
    x,
    filter,
    [batch, 2 * height + 1, 2 * width + 1, outputs],
    2,
    "valid",
  );
  return tf.slice(whole, [0, 1, 1, 0], [batch, 2 * height, 2 * width, outputs]);
}
