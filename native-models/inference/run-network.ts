import * as tf from "@tensorflow/tfjs-core";
import type { NetworkKind } from "../networks/picture-layer.ts";
import type {
  LoadedLayer,
  PictureNetwork,
} from "../networks/picture-network.ts";

/** −1..1 within, and tanh at the end. */
const signed = {
  enter: (x: tf.Tensor4D): tf.Tensor4D => tf.sub(tf.mul(x, 2), 1),
  leave: (y: tf.Tensor4D): tf.Tensor4D => tf.mul(tf.add(tf.tanh(y), 1), 0.5),
};

/** What goes in and what comes out, for pictures in 0..1. */
const ranges: Record<
  NetworkKind,
  { enter(x: tf.Tensor4D): tf.Tensor4D; leave(y: tf.Tensor4D): tf.Tensor4D }
> = {
  "cyclegan-resnet": signed,
  cartoongan: signed,
  "transformer-net": {
    enter: (x) => tf.mul(x, 255),
    leave: (y) => tf.clipByValue(tf.div<tf.Tensor4D>(y, 255), 0, 1),
  },
};

/**
 * Runs a published generator's layers with the residual sums, from 0..1 to 0..1. At most a layer's input, its output and
 * the input of a residual block are in memory.
 * @param input [1, h, w, 3], both sides multiples of 4 and at least 8; disposed of
 * @param run one layer, with its activation
 * @param pause awaited after each layer; may throw to give up
 * @returns [1, h, w, 3]
 */
export async function runNetwork(
  { kind, layers }: PictureNetwork,
  input: tf.Tensor4D,
  run: (loaded: LoadedLayer, index: number, x: tf.Tensor4D) => tf.Tensor4D,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  let h = tf.tidy(() => ranges[kind].enter(input));
  input.dispose();
  let block: tf.Tensor4D | null = null;
  try {
    for (const [index, loaded] of layers.entries()) {
      let next = run(loaded, index, h);
      if (loaded.layer.block === "ends" && block !== null) {
        const sum = tf.add<tf.Tensor4D>(block, next);
        tf.dispose([next, block]);
        next = sum;
        block = null;
      }
      if (loaded.layer.block === "begins") block = h;
      else h.dispose();
      h = next;
      await pause();
    }
    const result = tf.tidy(() => ranges[kind].leave(h));
    h.dispose();
    return result;
  } catch (error) {
    h.dispose();
    block?.dispose();
    throw error;
  }
}
