import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { Failure } from "../../../common/failure.ts";
import {
  disposePerceptual,
  perceptualFrom,
  perceptualLayers,
  perceptualTaps,
} from "../../../native-models/networks/perceptual.ts";
import { styleStatistics } from "../../../native-models/networks/style-encoder.ts";
import { startRuntime } from "../../../native-models/runtime/start-runtime.ts";
import {
  scaleTaps,
  tapCorrelations,
  tapDeviations,
} from "../../../native-models/training/distillation.ts";
import {
  readSafetensors,
  type StoredTensor,
} from "../../../native-models/weights/safetensors.ts";

interface Stored {
  shape: [number, number, number, number];
  data: number[];
}

/** Made by test/reference/training.py with PyTorch. */
const fixture = JSON.parse(
  readFileSync(
    new URL("../../fixtures/training.json", import.meta.url),
    "utf8",
  ),
) as {
  perceptual: { x: Stored; statistics: number[] };
};

beforeAll(async () => {
  await startRuntime();
});

const load = ({ data, shape }: Stored) => tf.tensor4d(data, shape);

/** The fixture's weights: sines of the running index. */
function formulaWeights(): Map<string, StoredTensor> {
  return new Map(
    perceptualLayers.flatMap(
      ({ name, inputs, outputs }, layer): [string, StoredTensor][] => {
        const scale = Math.sqrt(2 / (9 * inputs));
        const weight = Float32Array.from(
          { length: 9 * inputs * outputs },
          (_, i) => scale * Math.sin(i * 0.37 + layer),
        );
        const bias = Float32Array.from(
          { length: outputs },
          (_, i) => 0.1 * Math.cos(i),
        );
        return [
          [
            `${name}.weight`,
            { dtype: "F32", shape: [outputs, inputs, 3, 3], data: weight },
          ],
          [`${name}.bias`, { dtype: "F32", shape: [outputs], data: bias }],
        ];
      },
    ),
  );
}

test("P has PyTorch's taps", () => {
  const p = perceptualFrom({ tensors: formulaWeights(), metadata: {} });
  const statistics = tf.tidy(() =>
    styleStatistics(perceptualTaps(p, load(fixture.perceptual.x))).dataSync(),
  );
  disposePerceptual(p);
  expect(statistics).toHaveLength(480);
  for (const [i, value] of fixture.perceptual.statistics.entries()) {
    expect(statistics[i]).toBeCloseTo(value, 4);
  }
});

test("a file without one of P's layers is refused by name", () => {
  const tensors = formulaWeights();
  tensors.delete("conv3_2.bias");
  const read = () => perceptualFrom({ tensors, metadata: {} });
  expect(read).toThrow(Failure);
  expect(read).toThrow(/conv3_2\.bias/);
});

test("scaling the taps changes the taps and nothing else", () => {
  const p = perceptualFrom({ tensors: formulaWeights(), metadata: {} });
  const worst = tf.tidy(() => {
    const x = load(fixture.perceptual.x);
    const factors = tapDeviations(p, x).map((d) => tf.div<tf.Tensor1D>(1, d));
    const scaled = perceptualTaps(scaleTaps(p, factors), x);
    const plain = perceptualTaps(p, x);
    return scaled.map((tap, i) => {
      const expected = tf.mul(plain[i]!, factors[i]!);
      return tf.max(tf.abs(tf.sub(tap, expected))).dataSync()[0]!;
    });
  });
  disposePerceptual(p);
  expect(Math.max(...worst)).toBeLessThan(1e-3);
});

test("correlation is 1 with oneself, 1 under scaling, less under noise", () => {
  const p = perceptualFrom({ tensors: formulaWeights(), metadata: {} });
  tf.tidy(() => {
    const taps = perceptualTaps(p, load(fixture.perceptual.x));
    const [a, b, c, d] = taps;
    const noise = tf.randomNormal(a.shape, 0, 1, "float32", 1) as tf.Tensor4D;
    const other = [
      tf.add(a, noise),
      tf.mul(b, 3),
      c,
      d,
    ] as unknown as typeof taps;
    const [first, second, third] = tapCorrelations(other, taps);
    expect(first).toBeLessThan(0.9);
    expect(second).toBeCloseTo(1, 4);
    expect(third).toBeCloseTo(1, 4);
  });
  disposePerceptual(p);
});

test("the bundled P reads as P", () => {
  const file = new URL(
    "../../../resources/models/perceptual/weights.safetensors",
    import.meta.url,
  );
  const p = perceptualFrom(readSafetensors(readFileSync(file)));
  const mean = tf.tidy(() => {
    const [tap] = perceptualTaps(p, load(fixture.perceptual.x));
    return tf.mean(tap).dataSync()[0]!;
  });
  disposePerceptual(p);
  expect(p.size).toBe(9);
  expect(mean).toBeGreaterThan(0);
});
