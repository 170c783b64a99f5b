import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../../../../common/raster.ts";
import { generatorStyle } from "../../../../native-models/inference/generator-style.ts";
import {
  type StylizeOptions,
  stylize,
} from "../../../../native-models/inference/stylize.ts";
import {
  type Generator,
  generate,
  vectorLength,
} from "../../../../native-models/networks/generator.ts";
import { createGenerator } from "../../../../native-models/networks/generator-weights.ts";
import { startRuntime } from "../../../../native-models/runtime/start-runtime.ts";

let g: Generator;
let vector: tf.Tensor1D;

beforeAll(async () => {
  await startRuntime();
  g = createGenerator(1);
  vector = tf.randomNormal([vectorLength], 1, 0.3, "float32", 2);
});

/** Waves of colour, in 0..1. */
function drawn(width: number, height: number, channels: 1 | 2 | 3 | 4) {
  const samples = Float32Array.from(
    { length: width * height * channels },
    (_, i) => {
      const pixel = Math.floor(i / channels);
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      return 0.5 + 0.5 * Math.sin(x * 0.11 + y * 0.07 + (i % channels) * 2);
    },
  );
  return { width, height, channels, samples } satisfies Raster;
}

const usual: StylizeOptions = {
  brushSize: 1,
  memoryBudget: 2 ** 26,
  signal: new AbortController().signal,
  onProgress: () => {},
};

function styled(picture: Raster, options: Partial<StylizeOptions> = {}) {
  return stylize(picture, generatorStyle(g, vector), { ...usual, ...options });
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)),
    0,
  );
}

describe("stylize", () => {
  test("is G where the picture is no larger than its thumbnail", async () => {
    const picture = drawn(90, 61, 3);
    const wanted = generate(
      g,
      tf.tensor4d(picture.samples, [1, 61, 90, 3]),
      vector,
    );
    const { samples } = await styled(picture);
    expect(largestDifference(samples, await wanted.data())).toBeLessThan(1e-4);
  });

  test.each([0, 0.4])(
    "is G at strength %d in its features where that is the depth",
    async (depth) => {
      const biased: Generator = {
        filters: g.filters,
        biases: g.biases.map(({ shape }, i) =>
          tf.randomNormal(shape, 0, 0.3, "float32", i + 1),
        ),
      };
      const picture = drawn(64, 48, 3);
      const x = tf.tensor4d(picture.samples, [1, 48, 64, 3]);
      const wanted = generate(biased, x, vector, depth);
      const { samples } = await stylize(
        picture,
        generatorStyle(biased, vector),
        { ...usual, depth },
      );
      expect(largestDifference(samples, await wanted.data())).toBeLessThan(
        1e-4,
      );
      const full = await generate(biased, x, vector).data();
      expect(largestDifference(samples, full)).toBeGreaterThan(0.01);
    },
  );

  test.each([
    [1, 1],
    [1, 9],
    [3, 2],
    [5, 300],
  ])(
    "takes a picture of %i x %i pixels at any brush size",
    async (width, height) => {
      for (const brushSize of [0.25, 1, 4]) {
        const result = await styled(drawn(width, height, 3), { brushSize });
        expect([result.width, result.height, result.channels]).toEqual([
          width,
          height,
          3,
        ]);
        expect(result.samples).toHaveLength(width * height * 3);
        expect(result.samples.every((value) => value >= 0 && value <= 1)).toBe(
          true,
        );
      }
    },
  );

  test("gives 8 and 16 bits as they came, the same picture but for rounding", async () => {
    const picture = drawn(64, 48, 3);
    const bytes = Uint8Array.from(picture.samples, (v) => Math.round(v * 255));
    const words = Uint16Array.from(bytes, (v) => v * 257);
    const floats = Float32Array.from(bytes, (v) => v / 255);
    const [of8, of16, ofFloat] = await Promise.all([
      styled({ ...picture, samples: bytes }),
      styled({ ...picture, samples: words }),
      styled({ ...picture, samples: floats }),
    ]);
    expect(of8.samples).toBeInstanceOf(Uint8Array);
    expect(of16.samples).toBeInstanceOf(Uint16Array);
    expect(ofFloat.samples).toBeInstanceOf(Float32Array);
    const scaled = (samples: ArrayLike<number>, by: number) =>
      Array.from(samples, (value) => value / by);
    expect(
      largestDifference(scaled(of8.samples, 255), ofFloat.samples),
    ).toBeLessThan(0.51 / 255);
    expect(
      largestDifference(scaled(of16.samples, 65535), ofFloat.samples),
    ).toBeLessThan(0.6 / 65535 + 1e-5);
  });

  test("reads grey as three equal channels", async () => {
    const grey = drawn(40, 40, 1);
    const rgb = Float32Array.from({ length: 4800 }, (_, i) => {
      return grey.samples[Math.floor(i / 3)]!;
    });
    const result = await styled(grey);
    expect(result.channels).toBe(3);
    const wanted = await styled({ ...grey, channels: 3, samples: rgb });
    expect(result.samples).toEqual(wanted.samples);
  });

  test.each([2, 4] as const)(
    "carries alpha over unchanged (%i channels)",
    async (channels) => {
      const picture = drawn(40, 24, channels);
      const alpha = picture.samples.filter(
        (_, i) => i % channels === channels - 1,
      );
      const result = await styled(picture);
      expect(result.channels).toBe(4);
      expect(result.samples.filter((_, i) => i % 4 === 3)).toEqual(alpha);
    },
  );

  test("lets nothing bleed in from pixels that are wholly transparent", async () => {
    const picture = drawn(64, 64, 4);
    const hide = (colour: number) => {
      const samples = picture.samples.map((value, i) => {
        const hidden = Math.floor(i / 4) % 64 < 20;
        if (i % 4 === 3) return hidden ? 0 : 1;
        return hidden ? colour : value;
      });
      return styled({ ...picture, samples });
    };
    const [black, white] = await Promise.all([hide(0), hide(1)]);
    expect(black.samples).toEqual(white.samples);
  });

  test("applies the style to a smaller picture where the brush is large", async () => {
    const picture = drawn(128, 96, 3);
    const half = drawn(64, 48, 3);
    for (let i = 0; i < half.samples.length; i++) {
      const [x, y] = [Math.floor(i / 3) % 64, Math.floor(i / 192)];
      half.samples[i] =
        0.5 +
        0.5 *
          Math.sin((2 * x + 0.5) * 0.11 + (2 * y + 0.5) * 0.07 + (i % 3) * 2);
    }
    const large = await styled(picture, { brushSize: 2 });
    const small = await styled(half);
    const shrunk = Float32Array.from(
      { length: small.samples.length },
      (_, i) => {
        const [x, y] = [Math.floor(i / 3) % 64, Math.floor(i / 192)];
        const at = (dx: number, dy: number) =>
          large.samples[((2 * y + dy) * 128 + 2 * x + dx) * 3 + (i % 3)]!;
        return (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
      },
    );
    const mean =
      shrunk.reduce((sum, v, i) => sum + Math.abs(v - small.samples[i]!), 0) /
      shrunk.length;
    expect(mean).toBeLessThan(0.05);
    const unscaled = await styled(picture);
    expect(largestDifference(large.samples, unscaled.samples)).toBeGreaterThan(
      0.1,
    );
  });

  test("refuses a style whose numbers run over, and leaves no tensors", async () => {
    const before = tf.memory().numTensors;
    const broken = tf.fill<tf.Rank.R1>([vectorLength], 1e38);
    const work = stylize(drawn(16, 16, 3), generatorStyle(g, broken), {
      brushSize: 1,
      memoryBudget: 2 ** 26,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    await expect(work).rejects.toMatchObject({ code: "damaged" });
    broken.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
