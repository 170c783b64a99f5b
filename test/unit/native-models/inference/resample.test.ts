import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  axisTaps,
  neededRange,
  resample,
} from "../../../../native-models/inference/resample.ts";

const goOn = async () => {};

/** Resizes a row of greys, all of it or a part. */
async function resizeRow(
  grey: readonly number[],
  to: number,
  part = { begin: 0, end: to },
): Promise<number[]> {
  const out: number[] = [];
  await resample(
    (_, begin, end) =>
      Float32Array.from({ length: (end - begin) * 3 }, (_, i) => {
        return grey[begin + Math.floor(i / 3)]!;
      }),
    { rows: axisTaps(1, 1), columns: axisTaps(grey.length, to) },
    { rows: { begin: 0, end: 1 }, columns: part },
    (_, row) => {
      for (let i = 0; i < row.length; i += 3) {
        expect(row[i + 1]).toBe(row[i]);
        expect(row[i + 2]).toBe(row[i]);
        out.push(row[i]!);
      }
    },
    goOn,
  );
  return out;
}

describe("resizing", () => {
  /** Pillow 12, mode F, `resize(…, Image.BICUBIC)` of (1 + sin(1.3·n)) / 2 for n = 1 … 11, cut to 0..1. */
  const wave = Array.from(
    { length: 11 },
    (_, n) => (1 + Math.sin((n + 1) * 1.3)) / 2,
  );
  const sines: [number, number[]][] = [
    [4, [0.21802, -0.08961, -0.05303, 0.1708]],
    [11, wave.map((value) => 2 * value - 1)],
    [
      17,
      [
        0.99436, 0.835, 0.40237, -0.45798, -0.90467, -0.85204, -0.12441,
        0.57386, 0.99854, 0.6524, -0.02101, -0.7912, -0.9291, -0.5476, 0.30246,
        0.80554, 1,
      ],
    ],
  ];

  test.each(sines)(
    "to %i pixels is what Pillow makes of it",
    async (to, wanted) => {
      const row = await resizeRow(wave, to);
      expect(row).toHaveLength(to);
      row.forEach((value, index) => {
        expect(value).toBeCloseTo((1 + wanted[index]!) / 2, 4);
      });
    },
  );

  test("keeps an even colour, up and down and from a single pixel", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        async (from, to) => {
          for (const value of await resizeRow(new Array(from).fill(0.3), to)) {
            expect(value).toBeCloseTo(0.3, 5);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("gives the same pixels for a part", async () => {
    const whole = await resizeRow(wave, 30);
    expect(await resizeRow(wave, 30, { begin: 7, end: 19 })).toEqual(
      whole.slice(7, 19),
    );
  });

  test("goes on as its own mirror image where it is padded", () => {
    const taps = axisTaps(5, 5, 8);
    expect([...taps.first]).toEqual([0, 1, 2, 3, 4, 3, 2, 1]);
    expect(neededRange(taps, { begin: 5, end: 8 })).toEqual({
      begin: 1,
      end: 4,
    });
  });
});
