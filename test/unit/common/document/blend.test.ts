import { readFileSync } from "node:fs";
import { assert, integer, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { blendInto } from "../../../../common/document/blend.ts";
import {
  type BlendMode,
  blendModes,
} from "../../../../common/document/blend-mode.ts";

interface Golden {
  backdrops: number[][];
  sources: number[][];
  results: Record<string, number[][]>;
}

const golden: Golden = JSON.parse(
  readFileSync(
    new URL("../../../golden/blend-modes.json", import.meta.url),
    "utf8",
  ),
);

/** Blends rows of pixels and gives the result; the arguments stay as they are. */
function blended(
  mode: BlendMode,
  backdrop: ArrayLike<number>,
  source: ArrayLike<number>,
): Float32Array {
  const result = Float32Array.from(backdrop);
  const width = backdrop.length / 4;
  blendInto(result, Float32Array.from(source), mode, {
    x: 0,
    y: 0,
    width,
    height: 1,
  });
  return result;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++)
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

const pixel = tuple(
  ...([0, 1, 2, 3] as const).map(() => integer({ min: 0, max: 255 })),
).map((levels) => levels.map((level) => level / 255));

describe("reference values", () => {
  const backdrop = golden.backdrops.flat().map((level) => level / 255);
  const source = golden.sources.flat().map((level) => level / 255);

  test("cover every mode with a formula", () => {
    expect(Object.keys(golden.results).sort()).toEqual(
      blendModes.filter((mode) => mode !== "dissolve").sort(),
    );
  });

  test.each(blendModes.filter((mode) => mode !== "dissolve"))(
    "%s agrees with the specification's formula",
    (mode) => {
      const result = blended(mode, backdrop, source);
      const expected = golden.results[mode]!;
      for (const [n, pixel] of expected.entries()) {
        const own = result.subarray(4 * n, 4 * n + 4);
        // A pixel without alpha has no colour to compare.
        const count = pixel[3] === 0 ? [3] : [0, 1, 2, 3];
        for (const c of count)
          expect(
            Math.abs(own[c]! - pixel[c]!),
            `${mode}: ${golden.backdrops[n]} under ${golden.sources[n]}, channel ${c}`,
          ).toBeLessThan(2e-6);
      }
    },
  );
});

describe("every mode", () => {
  test.each(blendModes)("%s stays in range, without NaN", (mode) => {
    assert(
      property(pixel, pixel, (backdrop, source) => {
        const result = blended(mode, backdrop, source);
        for (const value of result) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each(blendModes)(
    "%s leaves the backdrop under a clear source",
    (mode) => {
      assert(
        property(pixel, pixel, (backdrop, source) => {
          const clear = [...source.slice(0, 3), 0];
          expect(blended(mode, backdrop, clear)).toEqual(
            Float32Array.from(backdrop),
          );
        }),
        { numRuns: 50 },
      );
    },
  );

  test.each(blendModes.filter((mode) => mode !== "dissolve"))(
    "%s gives the source over a clear backdrop",
    (mode) => {
      assert(
        property(pixel, pixel, (backdrop, source) => {
          if (source[3] === 0) return;
          const clear = [...backdrop.slice(0, 3), 0];
          const result = blended(mode, clear, source);
          expect(largestDifference(result, source)).toBeLessThan(1e-6);
        }),
        { numRuns: 50 },
      );
    },
  );
});

test("normal blending is associative", () => {
  assert(
    property(pixel, pixel, pixel, (a, b, c) => {
      const left = blended("normal", blended("normal", a, b), c);
      const right = blended("normal", a, blended("normal", b, c));
      expect(Math.abs(left[3]! - right[3]!)).toBeLessThan(1e-6);
      // Of almost clear pixels the colour is worth as little as their alpha.
      for (let i = 0; i < 3; i++)
        expect(
          Math.abs(left[i]! * left[3]! - right[i]! * right[3]!),
        ).toBeLessThan(1e-6);
    }),
    { numRuns: 500 },
  );
});

test("hard mix sees levels whose sum is white as dark, whatever their bits", () => {
  for (const most of [255, 65535])
    for (let level = 0; level <= most; level += most === 255 ? 1 : 257) {
      const backdrop = [level / most, level / most, level / most, 1];
      const other = (most - level) / most;
      const brighter = Math.min(1, other + 1 / most);
      const dark = blended("hardMix", backdrop, [other, other, other, 1]);
      expect([...dark], `${level} of ${most}`).toEqual([0, 0, 0, 1]);
      if (level === 0) continue;
      const bright = blended("hardMix", backdrop, [
        brighter,
        brighter,
        brighter,
        1,
      ]);
      expect([...bright], `${level} of ${most}`).toEqual([1, 1, 1, 1]);
    }
});

test("more pixels than are mixed at a time blend like few", () => {
  const count = 10_000;
  const backdrop = new Float32Array(4 * count);
  const source = new Float32Array(4 * count);
  for (let i = 0; i < 4 * count; i++) {
    backdrop[i] = ((i * 37) % 256) / 255;
    source[i] = ((i * 101) % 256) / 255;
  }
  const result = blended("softLight", backdrop, source);
  for (const n of [0, 4095, 4096, 8191, 8192, count - 1]) {
    const one = blended(
      "softLight",
      backdrop.slice(4 * n, 4 * n + 4),
      source.slice(4 * n, 4 * n + 4),
    );
    expect(result.slice(4 * n, 4 * n + 4)).toEqual(one);
  }
});

describe("dissolve", () => {
  const side = 128;
  const region = { x: 40, y: -7, width: side, height: side };
  const dissolved = (alpha: number, at = region) => {
    const backdrop = new Float32Array(4 * at.width * at.height);
    const source = new Float32Array(backdrop.length);
    for (let i = 0; i < source.length; i += 4)
      source.set([0.2, 0.4, 0.6, alpha], i);
    blendInto(backdrop, source, "dissolve", at);
    return backdrop;
  };

  test("covers as many pixels as alpha says, wholly", () => {
    for (const alpha of [0, 0.1, 0.5, 0.9, 1]) {
      const result = dissolved(alpha);
      let covered = 0;
      for (let i = 3; i < result.length; i += 4) {
        expect([0, 1]).toContain(result[i]);
        covered += result[i]!;
      }
      const share = covered / side ** 2;
      if (alpha === 0 || alpha === 1) expect(share).toBe(alpha);
      // Four standard deviations of a fair draw.
      else expect(Math.abs(share - alpha)).toBeLessThan((4 * 0.5) / side);
    }
  });

  test("keeps its grain in place, whatever part is drawn", () => {
    const whole = dissolved(0.5);
    const part = { x: region.x + 30, y: region.y + 50, width: 20, height: 10 };
    const own = dissolved(0.5, part);
    for (let y = 0; y < part.height; y++)
      for (let x = 0; x < part.width; x++)
        expect(own[4 * (y * part.width + x) + 3]).toBe(
          whole[4 * ((y + 50) * side + x + 30) + 3],
        );
  });
});
