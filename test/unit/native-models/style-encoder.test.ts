import { existsSync, readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { perceptualTaps } from "../../../native-models/networks/perceptual.ts";
import {
  disposeStyleEncoder,
  encodeStyle,
  neutralVector,
  statisticCount,
  styleEncoderFrom,
  styleStatistics,
} from "../../../native-models/networks/style-encoder.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";
import { readSafetensors } from "../../../native-models/weights/safetensors.ts";
import { readNpz } from "../../../scripts/read-npz.ts";
import { readTeacher } from "../../../scripts/read-teacher.ts";

const data = new URL("../../../../shared/data/", import.meta.url);
const here = existsSync(data);
if (!here)
  console.log("skipped: the prototype's fixture in ../shared/data is absent");

beforeAll(async () => {
  await startRuntime();
});

test.skipIf(!here)("gives the prototype's statistics and vector", () => {
  const parity = readNpz(
    readFileSync(new URL("weights/base-prototype-parity.npz", data)),
  );
  const array = (name: string) => parity.get(name)!;
  const encoder = styleEncoderFrom(
    readSafetensors(
      readFileSync(new URL("weights/base-prototype.safetensors", data)),
    ),
  );
  const [statistics, vector] = tf.tidy(() => {
    const style = array("style");
    const x = tf.transpose(
      tf.tensor4d(style.data, style.shape as [number, number, number, number]),
      [0, 2, 3, 1],
    );
    const stored = tf.tensor2d(array("statistics").data, [1, statisticCount]);
    return [
      styleStatistics(perceptualTaps(readTeacher(data), x)).dataSync(),
      encodeStyle(encoder, stored).dataSync(),
    ];
  });
  disposeStyleEncoder(encoder);
  expect(furthest(statistics!, array("statistics").data)).toBeLessThan(1e-4);
  expect(furthest(vector!, array("vector").data)).toBeLessThan(1e-4);
});

test("an encoder without weights predicts the neutral vector", () => {
  const vector = tf.tidy(() => {
    const layer = (inputs: number, outputs: number) => ({
      weight: tf.zeros([inputs, outputs]) as tf.Tensor2D,
      bias: tf.zeros([outputs]) as tf.Tensor1D,
    });
    const encoder = {
      layers: [layer(480, 512), layer(512, 256), layer(256, 1840)],
      mu: tf.zeros([480]) as tf.Tensor1D,
      sd: tf.ones([480]) as tf.Tensor1D,
    };
    const statistics = tf.randomUniform([2, 480]) as tf.Tensor2D;
    return encodeStyle(encoder, statistics).arraySync();
  });
  const neutral = tf.tidy(() => Array.from(neutralVector().dataSync()));
  expect(neutral.slice(0, 49)).toEqual([
    ...new Array(24).fill(1),
    ...new Array(24).fill(0),
    1,
  ]);
  expect(neutral).toHaveLength(1840);
  expect(vector).toEqual([neutral, neutral]);
});

/** Relative to the size of what was expected, so that statistics in the hundreds and in the hundredths count alike. */
function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(
    ...Array.from(
      a,
      (value, i) => Math.abs(value - b[i]!) / Math.max(1, Math.abs(b[i]!)),
    ),
  );
}
