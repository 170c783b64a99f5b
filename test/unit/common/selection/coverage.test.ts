import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  combinations,
  combine,
  inverted,
} from "../../../../common/selection/combine.ts";
import {
  boundsOf,
  coverageOver,
  evenCoverage,
  trimmed,
} from "../../../../common/selection/coverage.ts";
import { at, coverages, page, pixels } from "./fixtures.ts";

const around = { x: -8, y: -8, width: 48, height: 48 };

describe("coverage", () => {
  test("trimming keeps every pixel and leaves no empty edge", () => {
    fc.assert(
      fc.property(coverages, fc.constantFrom(0, 255), (coverage, outside) => {
        const part = trimmed(coverage, outside);
        const back = coverageOver(
          part ?? evenCoverage({ x: 0, y: 0, width: 1, height: 1 }, outside),
          coverage,
          outside,
        );
        expect(back.samples).toEqual(coverage.samples);
        expect(part && boundsOf(part, outside)).toEqual(
          part && {
            x: part.x,
            y: part.y,
            width: part.width,
            height: part.height,
          },
        );
      }),
    );
  });

  test("a copy over another region is filled up with what is outside", () => {
    const small = evenCoverage({ x: 2, y: 1, width: 2, height: 1 }, 9);
    const over = coverageOver(small, { x: 1, y: 1, width: 4, height: 2 }, 7);
    expect([...over.samples]).toEqual([7, 9, 9, 7, 7, 7, 7, 7]);
  });
});

describe("combining", () => {
  const formulas = {
    replace: (_a: number, b: number) => b,
    add: Math.max,
    subtract: (a: number, b: number) => Math.min(a, 255 - b),
    intersect: Math.min,
  };

  test.each(combinations)("%s is its formula at every pixel", (how) => {
    fc.assert(
      fc.property(coverages, coverages, (a, b) => {
        const out = combine(a, b, how);
        for (const { x, y } of pixels(around))
          expect(at(out, x, y)).toBe(formulas[how](at(a, x, y), at(b, x, y)));
      }),
      { numRuns: 25 },
    );
  });

  test("doing it twice is doing it once", () => {
    fc.assert(
      fc.property(
        coverages,
        coverages,
        fc.constantFrom(...combinations),
        (a, b, how) => {
          const once = combine(a, b, how);
          expect(combine(once, b, how)).toEqual(once);
        },
      ),
    );
  });

  test("what is left of nothing", () => {
    const some = evenCoverage({ x: 0, y: 0, width: 2, height: 2 }, 255);
    expect(combinations.map((how) => combine(null, some, how))).toEqual([
      some,
      some,
      null,
      null,
    ]);
    expect(combinations.map((how) => combine(some, null, how))).toEqual([
      null,
      some,
      some,
      null,
    ]);
  });

  test("inverting twice gives back what lies on the page", () => {
    fc.assert(
      fc.property(coverages, (coverage) => {
        const twice = inverted(inverted(coverage, page), page);
        for (const { x, y } of pixels(page))
          expect(at(twice, x, y)).toBe(at(coverage, x, y));
      }),
    );
    expect(inverted(null, page)).toEqual(evenCoverage(page, 255));
  });
});
