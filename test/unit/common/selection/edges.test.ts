import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Coverage,
  coverageOver,
  evenCoverage,
} from "../../../../common/selection/coverage.ts";
import { feather } from "../../../../common/selection/feather.ts";
import { grow } from "../../../../common/selection/grow.ts";
import { coverages, page, reference } from "./fixtures.ts";

const { width, height } = reference.mask;
const document = { x: 0, y: 0, width, height };
const mask: Coverage = {
  ...document,
  samples: Uint8Array.from(reference.mask.samples),
};
const over = (coverage: Coverage) => [
  ...coverageOver(coverage, document).samples,
];
const furthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));

describe("feather", () => {
  test.each(Object.entries(reference.feather))(
    "σ %s is SciPy's Gaussian",
    (sigma, expected) => {
      const soft = over(feather(mask, Number(sigma), document));
      // Rounding to bytes is half of one, and the recursive filter's own error less than that again.
      expect(furthest(soft, expected)).toBeLessThan(1);
    },
  );

  test("leaves a choice of everything as it is", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.4, max: 60, noNaN: true }), (sigma) => {
        const all = evenCoverage(page, 255);
        expect(feather(all, sigma, page)).toEqual(all);
      }),
    );
  });

  test("keeps the weight of what is far from the edges", () => {
    const wide = { x: 0, y: 0, width: 120, height: 120 };
    const spot = evenCoverage({ x: 50, y: 55, width: 14, height: 9 }, 255);
    const soft = feather(spot, 6, wide);
    const sum = (samples: Uint8Array) => samples.reduce((s, v) => s + v, 0);
    expect(sum(soft.samples) / sum(spot.samples)).toBeCloseTo(1, 1);
    expect(soft.width).toBeGreaterThan(spot.width);
  });
});

describe("grow", () => {
  test.each(Object.entries(reference.grow))(
    "by %s is SciPy's distance",
    (by, expected) => {
      const moved = over(grow(mask, Number(by), document));
      expect(furthest(moved, expected)).toBeLessThanOrEqual(1);
    },
  );

  test("never takes away, and shrinking never adds", () => {
    fc.assert(
      fc.property(
        coverages,
        fc.double({ min: 0.5, max: 6, noNaN: true }),
        (coverage, by) => {
          const hard = {
            ...coverage,
            samples: coverage.samples.map((value) => (value < 128 ? 0 : 255)),
          };
          const here = coverageOver(hard, page).samples;
          const more = coverageOver(grow(hard, by, page), page).samples;
          const less = coverageOver(grow(hard, -by, page), page).samples;
          for (let i = 0; i < here.length; i++) {
            expect(more[i]).toBeGreaterThanOrEqual(here[i]!);
            expect(less[i]).toBeLessThanOrEqual(here[i]!);
          }
        },
      ),
    );
  });

  test("an anti-aliased edge stays one", () => {
    const line = { x: 0, y: 0, width: 8, height: 1 };
    const samples = Uint8Array.of(255, 255, 100, 0, 0, 0, 0, 0);
    expect([...grow({ ...line, samples }, 2, line).samples]).toEqual([
      255, 255, 255, 255, 100, 0, 0, 0,
    ]);
    expect([...grow({ ...line, samples }, -1, line).samples]).toEqual([
      255, 100, 0, 0, 0, 0, 0, 0,
    ]);
  });

  test("what reaches the document's edge still does when it is shrunk", () => {
    const all = evenCoverage(page, 255);
    expect(grow(all, -3, page)).toEqual(all);
  });
});
