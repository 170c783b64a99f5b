import { describe, expect, test } from "vitest";
import {
  composite,
  compositeTiles,
} from "../../../../common/document/compositor.ts";
import type { Raster } from "../../../../common/raster.ts";
import { documentOf, picture } from "./random-documents.ts";

describe("pictures of many pixels", () => {
  const [width, height] = [300, 270];
  const coordinates: Raster = {
    width,
    height,
    channels: 3,
    samples: new Float32Array(3 * width * height).map((_, i) =>
      i % 3 === 0
        ? (Math.floor(i / 3) % width) / width
        : i % 3 === 1
          ? Math.floor(i / 3 / width) / height
          : 0,
    ),
  };
  const document = documentOf([picture("p")], width, height);

  test("come out of several tiles as they went in", () => {
    expect([...compositeTiles(document, () => coordinates)]).toHaveLength(9);
    const { samples } = composite(document, () => coordinates);
    for (let n = 0; n < width * height; n++) {
      const own = samples.subarray(4 * n, 4 * n + 3);
      const given = coordinates.samples.subarray(3 * n, 3 * n + 3);
      if (own.some((value, c) => value !== given[c])) expect.fail(`pixel ${n}`);
    }
  });

  test("shrink to their mean, however far", () => {
    const big: Raster = {
      width: 2400,
      height: 1800,
      channels: 1,
      samples: new Uint8Array(2400 * 1800).map((_, i) => (i % 2 ? 255 : 0)),
    };
    const transform = {
      x: 0,
      y: 0,
      scaleX: 1 / 40,
      scaleY: 1 / 40,
      rotation: 0,
    };
    const small = composite(
      documentOf([picture("p", { transform })], 60, 45),
      () => big,
    );
    for (const [i, value] of small.samples.entries())
      if (Math.abs(value - (i % 4 === 3 ? 1 : 0.5)) > 1e-6)
        expect.fail(`sample ${i} is ${value}`);
  });
});

describe("resampling", () => {
  test("does not let the colour of clear pixels in", () => {
    // Opaque red beside clear green.
    const raster: Raster = {
      width: 2,
      height: 1,
      channels: 4,
      samples: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 0),
    };
    const transform = { x: 0, y: 0, scaleX: 8, scaleY: 8, rotation: 0 };
    const { samples } = composite(
      documentOf([picture("p", { transform })], 16, 8),
      () => raster,
    );
    for (let i = 0; i < samples.length; i += 4)
      if (samples[i + 3]! > 0)
        expect([...samples.subarray(i, i + 3)]).toEqual([1, 0, 0]);
  });
});

describe("samples of all kinds", () => {
  test("of 8 and 16 bits and floats show alike", () => {
    const levels = [0, 51, 128, 204, 255, 17, 99, 250];
    const shown = (samples: Raster["samples"]) =>
      composite(documentOf([picture("p")], 2, 1), () => ({
        width: 2,
        height: 1,
        channels: 4,
        samples,
      })).samples;
    const eight = shown(Uint8Array.from(levels));
    expect(shown(Uint16Array.from(levels, (l) => 257 * l))).toEqual(eight);
    expect(shown(Float32Array.from(levels, (l) => l / 255))).toEqual(eight);
  });

  test("out of range are clipped, and NaN is black", () => {
    const { samples } = composite(documentOf([picture("p")], 1, 1), () => ({
      width: 1,
      height: 1,
      channels: 4,
      samples: Float32Array.of(Number.NaN, 7, -7, 1),
    }));
    expect([...samples]).toEqual([0, 1, 0, 1]);
  });
});
