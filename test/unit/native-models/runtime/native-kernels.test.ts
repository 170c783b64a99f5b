import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Edges,
  mirrorPad,
} from "../../../../native-models/networks/mirror-pad.ts";
import { reflectPad } from "../../../../native-models/networks/reflect-pad.ts";
import { registerNativeKernels } from "../../../../native-models/runtime/kernels/native-kernels.ts";
import { probeGradient } from "../../../../native-models/runtime/probe.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";

const { backend } = await startRuntime();
const gradients = (await probeGradient()) === null;
if (!gradients) console.log("Skipped: this engine has no gradients.");

type Shape = [number, number, number, number];

const values = (shape: Shape, seed: number) =>
  Float32Array.from(
    { length: shape.reduce((product, side) => product * side, 1) },
    (_, i) => Math.sin(1.7 * i + seed),
  );

/** By TensorFlow's own kernels where this is native TensorFlow, and composed as on every other backend. */
describe.skipIf(!gradients).each(["by the engine's kernels", "composed"])(
  "gradients, %s",
  (way) => {
    if (way === "composed" && backend === "tensorflow") {
      beforeAll(() => {
        tf.unregisterKernel("ReluGrad", "tensorflow");
        tf.unregisterKernel("MirrorPadGrad", "tensorflow");
      });
      afterAll(registerNativeKernels);
    }

    test("of ReLU: what came from above 0 passes, the rest does not", () => {
      const x = [-2, -0.5, 0, 1e-6, 0.5, 3];
      const dy = [1, 2, 3, -4, 5, -6];
      const dx = tf.tidy(() =>
        tf
          .grad((t) => tf.relu(t))(tf.tensor1d(x), tf.tensor1d(dy))
          .dataSync(),
      );
      expect([...dx].map((value) => value + 0)).toEqual([0, 0, 0, -4, 5, -6]);
    });

    test("of the absolute value: the sign, and 0 at 0", () => {
      const dx = tf.tidy(() =>
        tf
          .grad((t) => tf.abs(t))(
            tf.tensor1d([-2, 0, 3]),
            tf.tensor1d([5, 6, 7]),
          )
          .dataSync(),
      );
      expect([...dx].map((value) => value + 0)).toEqual([-5, 0, 7]);
    });

    test.each<[number[] | undefined, boolean]>([
      [undefined, false],
      [[1, 2], true],
      [[1, 2], false],
      [[-1], false],
      [[0, 3], true],
    ])("of sum and mean over axes %j, kept: %s", (axes, keep) => {
      const shape: Shape = [2, 3, 4, 5];
      const x = values(shape, 0.3);
      const step = 1 / 16;
      for (const reduce of [tf.sum, tf.mean]) {
        const loss = (t: tf.Tensor) => {
          const y = reduce(t, axes, keep);
          const weights = values([1, 1, 1, y.size], 0.7);
          return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
        };
        const at = (samples: Float32Array) =>
          tf.tidy(() => loss(tf.tensor4d(samples, shape)).dataSync()[0]!);
        const dx = tf.tidy(() =>
          tf.grad(loss)(tf.tensor4d(x, shape)).dataSync(),
        );
        for (const i of [0, 17, 63, 119]) {
          const [low, high] = [-step, step].map((by) =>
            at(x.map((value, index) => (index === i ? value + by : value))),
          );
          expect(dx[i]).toBeCloseTo((high! - low!) / (2 * step), 4);
        }
      }
    });

    test.each<["reflect" | "symmetric", Edges, Edges, number, number]>([
      ["reflect", [1, 1], [1, 1], 2, 2],
      ["reflect", [1, 1], [1, 1], 5, 9],
      ["reflect", [2, 2], [2, 2], 3, 6],
      ["reflect", [2, 2], [2, 2], 7, 4],
      ["reflect", [2, 0], [0, 1], 6, 5],
      ["reflect", [0, 0], [3, 2], 1, 8],
      ["symmetric", [1, 1], [1, 1], 1, 1],
      ["symmetric", [1, 1], [1, 1], 4, 3],
      ["symmetric", [0, 1], [2, 3], 2, 5],
    ])("of %s padding by %j and %j of %i x %i", (mode, rows, columns, h, w) => {
      const [H, W] = [rows[0] + h + rows[1], columns[0] + w + columns[1]];
      const x = values([2, h, w, 3], 0.3);
      const dy = values([2, H, W, 3], 0.9);
      const padded = new Float32Array(dy.length);
      const dx = new Float32Array(x.length);
      for (let b = 0; b < 2; b++) {
        for (let i = 0; i < H; i++) {
          for (let j = 0; j < W; j++) {
            const row = mirrored(i - rows[0], h, mode);
            const column = mirrored(j - columns[0], w, mode);
            for (let c = 0; c < 3; c++) {
              const from = ((b * h + row) * w + column) * 3 + c;
              const to = ((b * H + i) * W + j) * 3 + c;
              padded[to] = x[from]!;
              dx[from]! += dy[to]!;
            }
          }
        }
      }
      const [result, gradient] = tf.tidy(() => {
        const input = tf.tensor4d(x, [2, h, w, 3]);
        const pad = (t: tf.Tensor) =>
          mirrorPad(t as tf.Tensor4D, rows, columns, mode);
        const above = tf.tensor4d(dy, [2, H, W, 3]);
        return [
          pad(input).dataSync(),
          tf.grad(pad)(input, above).dataSync(),
        ] as const;
      });
      expect(result).toEqual(padded);
      for (const [i, expected] of dx.entries()) {
        expect(gradient[i]).toBeCloseTo(expected, 5);
      }
    });
  },
);

/** Where row or column `index` of the padded picture comes from. */
function mirrored(
  index: number,
  length: number,
  mode: "reflect" | "symmetric",
): number {
  const repeat = mode === "symmetric" ? 1 : 0;
  if (index < 0) return -index - repeat;
  return index < length ? index : 2 * (length - 1) - index + repeat;
}

test("a picture that is too small to reflect is refused", () => {
  const x = tf.zeros([1, 2, 5, 1]) as tf.Tensor4D;
  expect(() => reflectPad(x, 2)).toThrow("Reflecting 2 pixels");
  x.dispose();
});
