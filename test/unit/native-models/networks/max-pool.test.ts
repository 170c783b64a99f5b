import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { maxPool } from "../../../../native-models/networks/max-pool.ts";
import { probeGradient } from "../../../../native-models/runtime/probe.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";

await startRuntime();
const gradients = (await probeGradient()) === null;
if (!gradients) console.log("Skipped: this engine has no gradients.");

/** Few values, so that many squares have equal pixels. */
const x = Float32Array.from({ length: 2 * 7 * 6 * 3 }, (_, i) =>
  Math.round(2 * Math.sin(1.3 * i)),
);
const dy = Float32Array.from({ length: 2 * 3 * 3 * 3 }, (_, i) => i + 1);

test.skipIf(!gradients)(
  "max pooling takes the largest of four, and hands the gradient to the first such",
  () => {
    const y = new Float32Array(dy.length);
    const dx = new Float32Array(x.length);
    for (const [to, gradient] of dy.entries()) {
      const c = to % 3;
      const column = Math.floor(to / 3) % 3;
      const row = Math.floor(to / 9) % 3;
      const b = Math.floor(to / 27);
      const at = (i: number, j: number) =>
        ((b * 7 + 2 * row + i) * 6 + 2 * column + j) * 3 + c;
      const four = [at(0, 0), at(0, 1), at(1, 0), at(1, 1)];
      const largest = Math.max(...four.map((index) => x[index]!));
      y[to] = largest;
      dx[four.find((index) => x[index] === largest)!]! += gradient;
    }
    const [value, gradient] = tf.tidy(() => {
      const input = tf.tensor4d(x, [2, 7, 6, 3]);
      const pool = (t: tf.Tensor) => maxPool(t as tf.Tensor4D);
      const above = tf.tensor4d(dy, [2, 3, 3, 3]);
      return [
        pool(input).dataSync(),
        tf.grad(pool)(input, above).dataSync(),
      ] as const;
    });
    expect(value).toEqual(y);
    expect(gradient).toEqual(dx);
  },
);
