import type * as tf from "@tensorflow/tfjs-core";
import { mirrorPad } from "./mirror-pad.ts";

/**
 * Mirrors `size` rows and columns over each edge without repeating the edge itself, as PyTorch's ReflectionPad2d does.
 * @param x [batch, h, w, channels], with h and w greater than `size`
 * @returns [batch, h + 2·size, w + 2·size, channels]
 */
export function reflectPad(x: tf.Tensor4D, size: number): tf.Tensor4D {
  const [, height, width] = x.shape;
  if (Math.min(height, width) <= size) {
    throw new RangeError(
      `Reflecting ${size} pixels needs more than ${height} x ${width}.`,
    );
  }
  return mirrorPad(x, [size, size], [size, size], "reflect");
}
