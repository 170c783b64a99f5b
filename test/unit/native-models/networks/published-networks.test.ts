import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { convertModel } from "../../../../native-models/convert-model.ts";
import { LoadedStyles } from "../../../../native-models/inference/loaded-styles.ts";
import { stylize } from "../../../../native-models/inference/stylize.ts";
import { recogniseNetwork } from "../../../../native-models/networks/recognise.ts";
import { readPth } from "../../../../native-models/weights/pth.ts";
import { readSafetensors } from "../../../../native-models/weights/safetensors.ts";
import {
  largestDifference,
  pictureIn,
  resultIn,
} from "../published-fixtures.ts";
import { startBackends } from "../start-backends.ts";

const folder = new URL(
  "../../../fixtures/published-networks/",
  import.meta.url,
);
const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(name, folder)));
const results = readSafetensors(bytesOf("results.safetensors"));

const backends = await startBackends();

async function converted(name: string, sample = false) {
  return convertModel({
    name,
    files: [bytesOf(name)],
    metadata: { note: "kept" },
    sample,
  });
}

function styled(weights: Uint8Array, picture = pictureIn(results)) {
  return stylize(picture, new LoadedStyles().load([weights]), {
    brushSize: 1,
    memoryBudget: 2 ** 24,
    signal: new AbortController().signal,
    onProgress() {},
  });
}

describe("a published checkpoint", () => {
  test.each([
    ["resnet_9blocks.pth", "cyclegan-resnet", "9 residual blocks, 4 filters"],
    ["resnet_6blocks.pth", "cyclegan-resnet", "6 residual blocks, 4 filters"],
    ["transformer.pth", "transformer-net", "5 residual blocks, 4 filters"],
    ["transformer_old.model", "transformer-net", "5 residual blocks"],
  ])(
    "%s is recognised, and paints as PyTorch does, within 1e-4",
    async (name, network, words) => {
      const model = await converted(name);
      expect(model.network).toBe(network);
      expect(model.recognised).toContain(words);
      const stored = readSafetensors(model.weights);
      expect(stored.metadata).toEqual({ network, format: "pt", note: "kept" });
      expect([...stored.tensors.keys()].join()).not.toMatch(/module|running/);
      const result = await styled(model.weights);
      const wanted = resultIn(results, name);
      expect(largestDifference(result.samples, wanted)).toBeLessThan(1e-4);
    },
  );

  test("comes back from safetensors as it was", async () => {
    const model = await converted("transformer.pth");
    const again = await convertModel({
      name: "transformer.safetensors",
      files: [model.weights],
      metadata: {},
      sample: false,
    });
    expect(again.network).toBe("transformer-net");
    expect(again.metadata.note).toBe("kept");
    expect(readSafetensors(again.weights).tensors).toEqual(
      readSafetensors(model.weights).tensors,
    );
  });

  test("has no depth, and says so", async () => {
    const { weights } = await converted("transformer.pth");
    const style = new LoadedStyles().load([weights]);
    const x = tf.zeros<tf.Rank.R4>([1, 16, 16, 3]);
    expect(() => style.freeze(x, async () => {}, { depth: 0.5 })).toThrow(
      "Only styles of Fude's own generator have a depth.",
    );
    tf.dispose(x);
    style.dispose();
  });

  test("gives a sample picture, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const { sample } = await converted("resnet_9blocks.pth", true);
    expect([sample?.width, sample?.height, sample?.channels]).toEqual([
      256, 256, 3,
    ]);
    expect(new Set(sample?.samples).size).toBeGreaterThan(50);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("what is no network that Fude runs", () => {
  const shapesOf = async (name: string) =>
    new Map(
      [...(await readPth(bytesOf(name), name))].map(([key, { shape }]) => [
        key,
        shape as readonly number[],
      ]),
    );
  const edited = async (
    edit: (shapes: Map<string, readonly number[]>) => void,
    name = "resnet_9blocks.pth",
  ) => {
    const shapes = await shapesOf(name);
    edit(shapes);
    return () => recogniseNetwork(shapes, "net.pth");
  };

  test.each<[string, Record<string, number[]>, RegExp]>([
    ["a U-Net", { "model.model.0.weight": [64, 3, 4, 4] }, /U-Net/],
    ["a discriminator", { "model.0.weight": [64, 3, 4, 4] }, /discriminator/],
    ["something else", { "fc.weight": [10, 20] }, /"fc\.weight" \[10,20\]/],
  ])("%s is named", (_, shapes, words) => {
    const recognise = () =>
      recogniseNetwork(new Map(Object.entries(shapes)), "net.pth");
    expect(recognise).toThrow(words);
    expect(recognise).toThrow(/^net\.pth cannot be used/);
  });

  test("a tensor that is missing, misshapen or too much is named", async () => {
    expect(await edited((s) => s.delete("model.22.bias"))).toThrow(
      /lacks the tensor model\.22\.bias/,
    );
    expect(await edited((s) => s.set("model.4.weight", [8, 5, 3, 3]))).toThrow(
      /model\.4\.weight as \[8,5,3,3\] where \[8,4,3,3\]/,
    );
    expect(await edited((s) => s.set("model.40.weight", [3]))).toThrow(
      /model\.40\.weight besides/,
    );
  });

  test("batch normalisation and other than three colours are refused", async () => {
    const batch = await edited((s) => {
      s.set("model.2.weight", [4]);
      s.delete("model.1.bias");
    });
    expect(batch).toThrow(/batch normalisation/);
    expect(await edited((s) => s.set("model.1.weight", [4, 1, 7, 7]))).toThrow(
      /red, green and blue/,
    );
  });
});

describe.each(backends)(
  "on %s, a picture larger than its thumbnail",
  (backend) => {
    beforeAll(() => tf.setBackend(backend));

    const width = 640;
    const height = 300;
    const picture = {
      width,
      height,
      channels: 4 as const,
      samples: Float32Array.from({ length: width * height * 4 }, (_, i) => {
        const [x, y] = [Math.floor(i / 4) % width, Math.floor(i / 4 / width)];
        return 0.5 + 0.5 * Math.sin(x * 0.05 + y * 0.08 + (i % 4) * 2);
      }),
    };

    test.each(["resnet_9blocks.pth", "transformer.pth"])(
      "%s gives the same in many tiles as in few, within 1e-4, and keeps alpha",
      async (name) => {
        const { weights } = await converted(name);
        const style = new LoadedStyles().load([weights]);
        const totals: number[] = [];
        const paint = async (memoryBudget: number) =>
          stylize(picture, style, {
            brushSize: 1,
            memoryBudget,
            signal: new AbortController().signal,
            onProgress: (_, total) => totals.push(total),
          });
        const few = await paint(2 ** 30);
        const many = await paint(2 ** 23);
        expect(totals[0]).toBeLessThan(totals.at(-1)! / 3);
        expect(largestDifference(few.samples, many.samples)).toBeLessThan(1e-4);
        const alpha = (samples: Float32Array) =>
          samples.filter((_, i) => i % 4 === 3);
        expect(alpha(few.samples as Float32Array)).toEqual(
          alpha(picture.samples),
        );
        style.dispose();
      },
      30_000,
    );

    test.each(["resnet_9blocks.pth", "transformer.pth"])(
      "%s takes its statistics from inside a mask, the same in many tiles as in few",
      async (name) => {
        const { weights } = await converted(name);
        const style = new LoadedStyles().load([weights]);
        const inside = {
          width: 64,
          height: 30,
          channels: 1 as const,
          samples: Uint8Array.from({ length: 64 * 30 }, (_, i) =>
            i % 64 < 20 ? 255 : 0,
          ),
        };
        const paint = async (memoryBudget: number, masked: boolean) => {
          const { samples } = await stylize(picture, style, {
            brushSize: 1,
            memoryBudget,
            signal: new AbortController().signal,
            onProgress() {},
            inside: masked ? inside : undefined,
          });
          return samples;
        };
        const few = await paint(2 ** 30, true);
        expect(largestDifference(few, await paint(2 ** 23, true))).toBeLessThan(
          1e-4,
        );
        expect(
          largestDifference(few, await paint(2 ** 30, false)),
        ).toBeGreaterThan(0.01);
        style.dispose();
      },
      60_000,
    );

    test("is given up within a layer, without a tensor left", async () => {
      const { weights } = await converted("transformer.pth");
      const style = new LoadedStyles().load([weights]);
      const before = tf.memory().numTensors;
      const abort = new AbortController();
      const work = stylize(picture, style, {
        brushSize: 1,
        memoryBudget: 2 ** 23,
        signal: abort.signal,
        onProgress: (done) => {
          if (done === 1) abort.abort();
        },
      });
      await expect(work).rejects.toMatchObject({ code: "cancelled" });
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);
