import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { reflectPad } from "../../../native-models/networks/reflect-pad.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";

beforeAll(async () => {
  await startRuntime();
});

/** Where row or column `i` of the padded picture comes from. */
function source(i: number, size: number, length: number): number {
  const at = Math.abs(i - size);
  return at < length ? at : 2 * (length - 1) - at;
}

test.each([
  [1, 2, 2],
  [1, 4, 3],
  [1, 5, 9],
  [2, 3, 6],
  [2, 7, 4],
  [2, 6, 8],
])("padding by %i mirrors %i x %i and hands gradients back", (size, h, w) => {
  const [H, W] = [h + 2 * size, w + 2 * size];
  const value = (n: number) =>
    Float32Array.from({ length: n }, (_, i) => Math.sin(1.7 * i + 0.3));
  const x = value(2 * h * w * 3);
  const dy = value(2 * H * W * 3);
  const padded = new Float32Array(dy.length);
  const dx = new Float32Array(x.length);
  for (let b = 0; b < 2; b++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let c = 0; c < 3; c++) {
          const from =
            ((b * h + source(i, size, h)) * w + source(j, size, w)) * 3 + c;
          const to = ((b * H + i) * W + j) * 3 + c;
          padded[to] = x[from]!;
          dx[from]! += dy[to]!;
        }
      }
    }
  }
  const [result, gradient] = tf.tidy(() => {
    const input = tf.tensor4d(x, [2, h, w, 3]);
    const grad = tf.grad((t) => reflectPad(t as tf.Tensor4D, size));
    return [
      reflectPad(input, size).dataSync(),
      grad(input, tf.tensor4d(dy, [2, H, W, 3])).dataSync(),
    ];
  });
  expect(result).toEqual(padded);
  for (const [i, expected] of dx.entries()) {
    expect(gradient![i]).toBeCloseTo(expected, 5);
  }
});

test("a picture that is too small to mirror is refused", () => {
  const x = tf.zeros([1, 2, 5, 1]) as tf.Tensor4D;
  expect(() => reflectPad(x, 2)).toThrow("Reflecting 2 pixels");
  x.dispose();
});
