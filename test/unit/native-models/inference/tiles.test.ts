import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisSpans } from "../../../../native-models/inference/spans.ts";
import {
  generatorTiles,
  planTiles,
} from "../../../../native-models/inference/tiles.ts";
import { generatorLayers } from "../../../../native-models/networks/generator.ts";

const side = fc.integer({ min: 1, max: 5000 });
const budget = fc.integer({ min: 2 ** 24, max: 2 ** 32 });

describe("planTiles", () => {
  test("covers every pixel once, from the top left", () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.double({ min: 0.25, max: 4, noNaN: true }),
        budget,
        (width, height, brushSize, memoryBudget) => {
          const tiles = planTiles(
            { width, height },
            brushSize,
            memoryBudget,
            generatorTiles,
          );
          let [x, y] = [0, 0];
          for (const { rows, columns } of tiles) {
            expect(columns.begin).toBe(x);
            expect(rows.begin).toBe(y);
            expect(columns.end).toBeGreaterThan(x);
            expect(rows.end).toBeGreaterThan(y);
            x = columns.end;
            if (x === width) [x, y] = [0, rows.end];
          }
          expect([x, y]).toEqual([0, height]);
        },
      ),
    );
  });

  test("keeps each tile within the budget, and begins it at a multiple of four", () => {
    fc.assert(
      fc.property(side, side, budget, (width, height, memoryBudget) => {
        for (const { rows, columns } of planTiles(
          { width, height },
          1,
          memoryBudget,
          generatorTiles,
        )) {
          const pixels =
            (rows.end - rows.begin) * (columns.end - columns.begin);
          expect(pixels * generatorTiles.bytesPerPixel).toBeLessThanOrEqual(
            memoryBudget,
          );
          expect([rows.begin % 4, columns.begin % 4]).toEqual([0, 0]);
        }
      }),
    );
  });
});

describe("axisSpans", () => {
  const part = fc
    .tuple(
      fc.integer({ min: 2, max: 200 }),
      fc.integer({ min: 0, max: 199 }),
      fc.integer({ min: 1, max: 200 }),
    )
    .filter(([length, begin, end]) => begin < end && end <= length)
    .map((quarters) => quarters.map((count) => 4 * count));

  test("asks for the receptive field and no more, and mirrors only at the picture's edges", () => {
    fc.assert(
      fc.property(part, (numbers) => {
        const [length, begin, end] = numbers as [number, number, number];
        const spans = axisSpans(length, begin, end);
        expect(spans.begin).toBe(Math.max(0, begin - 60));
        expect(spans.end).toBe(Math.min(length, end + 57));
        for (const { padBefore, padAfter } of spans.layers) {
          if (begin >= 60) expect(padBefore).toBe(0);
          if (end + 57 <= length) expect(padAfter).toBe(0);
          expect(Math.max(padBefore, padAfter)).toBeLessThanOrEqual(2);
        }
        expect(spans.layers).toHaveLength(generatorLayers.length);
        expect(spans.layers.at(-1)?.length).toBe(end - begin);
      }),
    );
  });
});
