import fc from "fast-check";
import { expect, test } from "vitest";
import { evenly } from "../../../electron/studio/training.ts";

test("of too many pictures, as many as asked for stand in: in order, none twice, the first among them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 100 }),
      (length, count) => {
        const items = Array.from({ length }, (_, index) => index);
        const chosen = evenly(items, count);
        expect(chosen).toHaveLength(Math.min(length, count));
        expect(chosen[0]).toBe(0);
        expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
        const gaps = chosen
          .slice(1)
          .map((item, index) => item - chosen[index]!);
        expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(
          Math.ceil(length / chosen.length),
        );
      },
    ),
  );
});
