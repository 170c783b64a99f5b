import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Coverage } from "../../../../common/selection/coverage.ts";

interface Fixture {
  readonly mask: { width: number; height: number; samples: number[] };
  readonly feather: Record<string, number[]>;
  readonly grow: Record<string, number[]>;
  readonly polygons: readonly {
    points: [number, number][];
    area: number[];
  }[];
  readonly wand: {
    width: number;
    height: number;
    rgb: number[];
    found: readonly {
      seed: [number, number];
      tolerance: number;
      samples: number[];
    }[];
  };
}

/** Made by test/reference/selection.py. */
export const reference = JSON.parse(
  readFileSync(
    new URL("../../../fixtures/selection.json", import.meta.url),
    "utf8",
  ),
) as Fixture;

/** A small document. */
export const page = { x: 0, y: 0, width: 24, height: 20 };

/** Selections anywhere around the page, with soft and hard edges. */
export const coverages: fc.Arbitrary<Coverage> = fc
  .record({
    x: fc.integer({ min: -4, max: 12 }),
    y: fc.integer({ min: -4, max: 12 }),
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
  })
  .chain((region) =>
    fc
      .array(fc.constantFrom(0, 0, 60, 128, 200, 255, 255), {
        minLength: region.width * region.height,
        maxLength: region.width * region.height,
      })
      .map((samples) => ({ ...region, samples: Uint8Array.from(samples) })),
  );

/** How much is chosen of one pixel; nothing outside. */
export function at(coverage: Coverage | null, x: number, y: number): number {
  if (coverage === null) return 0;
  const [column, row] = [x - coverage.x, y - coverage.y];
  const inside =
    column >= 0 && row >= 0 && column < coverage.width && row < coverage.height;
  return inside ? coverage.samples[row * coverage.width + column]! : 0;
}

/** The pixels of a region, from the top left. */
export function* pixels(region: {
  x: number;
  y: number;
  width: number;
  height: number;
}) {
  for (let y = region.y; y < region.y + region.height; y++)
    for (let x = region.x; x < region.x + region.width; x++) yield { x, y };
}
