import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { LoadedStyles } from "../../../../native-models/inference/loaded-styles.ts";
import { vectorLength } from "../../../../native-models/networks/generator.ts";
import {
  createGenerator,
  disposeGenerator,
  storedGenerator,
} from "../../../../native-models/networks/generator-weights.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";
import { writeSafetensors } from "../../../../native-models/weights/safetensors.ts";

await startRuntime();
const g = createGenerator(1);
const base = writeSafetensors(await storedGenerator(g));
disposeGenerator(g);

function vectorFile(value: number): Uint8Array {
  const data = new Float32Array(vectorLength).fill(value);
  return writeSafetensors([
    ["style.vector", { dtype: "F32", shape: [vectorLength], data }],
  ]);
}

describe("LoadedStyles", () => {
  test("reads the same files once, whichever buffers they lie in", () => {
    const styles = new LoadedStyles();
    const first = styles.load([base, vectorFile(1)]);
    expect(styles.load([base.slice(), vectorFile(1)])).toBe(first);
    const other = styles.load([base, vectorFile(2)]);
    expect(other).not.toBe(first);
  });

  test("keeps the ones used last, and no more tensors than theirs", async () => {
    const styles = new LoadedStyles();
    const numbers = [1, 2, 3, 4].map((value) => {
      styles.load([base, vectorFile(value)]);
      return tf.memory().numTensors;
    });
    const first = styles.load([base, vectorFile(1)]);
    styles.load([base, vectorFile(5)]);
    expect(tf.memory().numTensors).toBe(numbers.at(-1));
    expect(styles.load([base, vectorFile(1)])).toBe(first);
    const blank = tf.zeros<tf.Rank.R4>([1, 8, 8, 3]);
    const { styled, dispose } = await first.freeze(blank, async () => {});
    expect(styled.shape).toEqual([1, 8, 8, 3]);
    dispose();
  });

  test("reads a mix once, and another mix of the same files anew", async () => {
    const styles = new LoadedStyles();
    const mix = (share: number) =>
      styles.load([base, vectorFile(1)], [{ weights: vectorFile(3), share }]);
    const half = mix(0.5);
    expect(mix(0.5)).toBe(half);
    expect(mix(0.25)).not.toBe(half);
    // Half of 1 and half of 3 paint as 2 does.
    const paint = async (style: typeof half) => {
      const x = tf.fill([1, 8, 8, 3], 0.3) as tf.Tensor4D;
      const { styled, dispose } = await style.freeze(x, async () => {});
      const pixels = await styled.data();
      dispose();
      return pixels;
    };
    expect(await paint(half)).toEqual(
      await paint(styles.load([base, vectorFile(2)])),
    );
  });

  test("does not let go of a style that some work uses", async () => {
    const styles = new LoadedStyles();
    const blank = tf.zeros<tf.Rank.R4>([1, 8, 8, 3]);
    const files = [base, vectorFile(1)];
    const painted = await styles.lend(files, [], async (first) => {
      for (const value of [2, 3, 4, 5, 6])
        styles.load([base, vectorFile(value)]);
      expect(styles.load(files)).toBe(first);
      const { styled, dispose } = await first.freeze(blank, async () => {});
      const pixels = await styled.data();
      dispose();
      return pixels;
    });
    expect(painted).toHaveLength(8 * 8 * 3);
    // Given back, it goes like any other.
    for (const value of [2, 3, 4, 5]) styles.load([base, vectorFile(value)]);
    const held = tf.memory().numTensors;
    styles.load(files);
    expect(tf.memory().numTensors).toBe(held);
  });

  test("holds nothing of files that it refuses", () => {
    const styles = new LoadedStyles();
    const before = tf.memory().numTensors;
    expect(() => styles.load([base])).toThrow(/lacks the tensor style\.vector/);
    expect(() => styles.load([vectorFile(1)])).toThrow(
      /lacks the tensor generator/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
