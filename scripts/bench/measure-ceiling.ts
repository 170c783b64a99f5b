import * as tf from "@tensorflow/tfjs-core";
import { quickest } from "./quickest.ts";

/** The most that a convolution reaches on this machine. */
export interface Ceiling {
  readonly gflops: number;
  /** Of the convolution that reached it. */
  readonly shape: string;
}

/** Filters of 3x3 on one picture: side, inputs, outputs. */
const shapes: [number, number, number][] = [
  [128, 64, 64],
  [64, 64, 64],
  [64, 128, 128],
  [32, 256, 256],
];

/** The best of several convolutions. */
export async function measureCeiling(): Promise<Ceiling> {
  let best = { gflops: 0, shape: "" };
  for (const [side, inputs, outputs] of shapes) {
    const x = tf.randomNormal<tf.Rank.R4>([1, side, side, inputs]);
    const filter = tf.randomNormal<tf.Rank.R4>([3, 3, inputs, outputs]);
    const seconds = await quickest(12, async () => {
      const y = tf.conv2d(x, filter, 1, "same");
      await y.data();
      y.dispose();
    });
    const gflops = (2 * 9 * side * side * inputs * outputs) / seconds / 1e9;
    if (gflops > best.gflops) {
      best = {
        gflops,
        shape: `3x3, ${inputs} to ${outputs}, ${side} x ${side}`,
      };
    }
    tf.dispose([x, filter]);
  }
  return best;
}
