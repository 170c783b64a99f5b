import * as tf from "@tensorflow/tfjs-core";
import type { GeneratorLayer } from "../networks/generator.ts";
import { mirrorPad } from "../networks/mirror-pad.ts";
import { asRuns, runFilter, runLength } from "../networks/run-convolution.ts";
import { upsamplingFilter } from "../networks/upsampling-convolution.ts";
import type { LayerSpan } from "./spans.ts";

/** The part of a layer's output that is wanted, along both axes. */
export interface Part {
  readonly row: LayerSpan;
  readonly column: LayerSpan;
}

/**
 * A layer's filter in the form that `convolvePart` runs, which needs fewer or larger products than the plain one.
 * @param filter [size, size, inputs, outputs]
 */
export function rearrangedFilter(
  layer: GeneratorLayer,
  filter: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    if (layer.upsample) return upsamplingFilter(filter);
    return isLast(layer) ? runFilter(filter) : tf.clone(filter);
  });
}

/** Numbers per channel, repeated as often as the rearranged filter makes each channel. */
export function rearrangedChannels<T extends tf.Tensor>(
  layer: GeneratorLayer,
  perChannel: T,
): T {
  const times = layer.upsample ? 4 : isLast(layer) ? runLength : 1;
  const axes = perChannel.shape.map((_, axis) =>
    axis === perChannel.rank - 1 ? times : 1,
  );
  return tf.tile(perChannel, axes);
}

/**
 * One layer's convolution, with its upsampling and the mirroring at the picture's edges, for a part of the picture.
 * @param x the input that the part needs, [1, h, w, inputs]
 * @param filter, bias rearranged
 * @returns [1, row.length, column.length, outputs]
 */
export function convolvePart(
  layer: GeneratorLayer,
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  part: Part,
  bias?: tf.Tensor1D,
  activation: "linear" | "relu" = "linear",
): tf.Tensor4D {
  return tf.tidy(() => {
    const { row, column } = part;
    // Only at the edges of the picture. Mirroring the doubled picture without its edge is mirroring the small one with it.
    const padded = mirrorPad(
      x,
      [row.padBefore, row.padAfter],
      [column.padBefore, column.padAfter],
      layer.upsample ? "symmetric" : "reflect",
    );
    const y = tf.fused.conv2d({
      x: isLast(layer) ? asRuns(padded) : padded,
      filter,
      strides: layer.stride,
      pad: "valid",
      ...(bias === undefined ? {} : { bias }),
      activation,
    });
    if (isLast(layer)) return tf.reshape(y, [1, y.shape[1], -1, 3]);
    if (!layer.upsample) return y;
    return cropPart(tf.depthToSpace(y, 2), row.cropBefore, column.cropBefore, [
      row.length,
      column.length,
    ]);
  });
}

/** @returns [1, height, width, channels] from `row` and `column` on */
export function cropPart(
  x: tf.Tensor4D,
  row: number,
  column: number,
  [height, width]: readonly [number, number],
): tf.Tensor4D {
  if (x.shape[1] === height && x.shape[2] === width) return x;
  return tf.slice(x, [0, row, column, 0], [1, height, width, x.shape[3]]);
}

function isLast(layer: GeneratorLayer): boolean {
  return layer.outputs === 3;
}
