import { describe, expect, test } from "vitest";
import { blendInto } from "../../../../common/document/blend.ts";
import { styledPixels } from "../../../../common/document/styled.ts";
import type { Raster } from "../../../../common/raster.ts";

const size = { width: 3, height: 2 };
const source: Raster = {
  ...size,
  channels: 3,
  samples: Uint8Array.from({ length: 18 }, (_, i) => (i * 53) % 256),
};
const result: Raster = {
  ...size,
  channels: 3,
  samples: Uint8Array.from({ length: 18 }, (_, i) => (i * 101 + 40) % 256),
};
const floats = (raster: Raster) => {
  const pixels: number[] = [];
  for (let i = 0; i < raster.samples.length; i += 3)
    pixels.push(
      ...[...raster.samples.subarray(i, i + 3)].map((v) => v / 255),
      1,
    );
  return Float32Array.from(pixels);
};

function expectClose(a: ArrayLike<number>, b: ArrayLike<number>) {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 6);
}

describe("a styled layer shows", () => {
  test("its picture, at strength 0 or without a result", () => {
    expectClose(styledPixels(source, result, 0, 1).samples, floats(source));
    expectClose(styledPixels(source, null, 1, 0).samples, floats(source));
  });

  test("its result, at strength 1 without the picture's colours", () => {
    expectClose(styledPixels(source, result, 1, 0).samples, floats(result));
  });

  test("both evenly, at half strength", () => {
    const [from, to] = [floats(source), floats(result)];
    expectClose(
      styledPixels(source, result, 0.5, 0).samples,
      from.map((value, i) => (value + to[i]!) / 2),
    );
  });

  test("what layers show: the result, the picture over it in color, both over the picture", () => {
    for (const [strength, keeping] of [
      [1, 1],
      [1, 0.3],
      [0.6, 0.8],
    ] as const) {
      const region = { x: 0, y: 0, ...size };
      const kept = floats(result);
      blendInto(kept, faded(floats(source), keeping), "color", region);
      const shown = floats(source);
      blendInto(shown, faded(kept, strength), "normal", region);
      expectClose(
        styledPixels(source, result, strength, keeping).samples,
        shown,
      );
    }
  });

  test("the alpha of its picture, whatever the result's", () => {
    const clear: Raster = {
      width: 2,
      height: 1,
      channels: 4,
      samples: Uint8Array.of(10, 20, 30, 51, 40, 50, 60, 0),
    };
    const opaque: Raster = {
      width: 2,
      height: 1,
      channels: 2,
      samples: Uint8Array.of(255, 255, 0, 17),
    };
    expectClose(
      styledPixels(clear, opaque, 1, 0).samples,
      [1, 1, 1, 0.2, 0, 0, 0, 0],
    );
  });
});

test("a result of another size is refused", () => {
  const other = { ...result, width: 2, height: 3 };
  expect(() => styledPixels(source, other, 1, 0)).toThrow(
    expect.objectContaining({ code: "damaged" }),
  );
});

function faded(pixels: Float32Array, opacity: number): Float32Array {
  return pixels.map((value, i) => (i % 4 === 3 ? value * opacity : value));
}
