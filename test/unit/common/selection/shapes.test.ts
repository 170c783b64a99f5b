import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearGradient } from "../../../../common/selection/linear-gradient.ts";
import {
  ellipseOutline,
  rectangleOutline,
} from "../../../../common/selection/outlines.ts";
import {
  fillPolygon,
  type Point,
} from "../../../../common/selection/polygon.ts";
import { at, page, pixels, reference } from "./fixtures.ts";

const area = (points: readonly Point[]) =>
  Math.abs(
    points.reduce((sum, a, index) => {
      const b = points[(index + 1) % points.length]!;
      return sum + a.x * b.y - b.x * a.y;
    }, 0) / 2,
  );
const filled = (points: readonly Point[]) =>
  (fillPolygon(points, page)?.samples.reduce((sum, v) => sum + v, 0) ?? 0) /
  255;

const inside = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true });

describe("polygons", () => {
  test.each(reference.polygons)(
    "cover each pixel as far as they lie in it",
    ({ points, area: expected }) => {
      const out = fillPolygon(
        points.map(([x, y]) => ({ x, y })),
        page,
      );
      let index = 0;
      // Sixteen lines a row against 64 points each way.
      for (const { x, y } of pixels(page))
        expect(Math.abs(at(out, x, y) - expected[index++]!)).toBeLessThan(10);
    },
  );

  test("triangles have the area of their corners", () => {
    const corner = fc.record({ x: inside(1, 23), y: inside(1, 19) });
    fc.assert(
      fc.property(fc.tuple(corner, corner, corner), (corners) => {
        expect(Math.abs(filled(corners) - area(corners))).toBeLessThan(1);
      }),
    );
  });

  test("the way round does not matter", () => {
    const corner = fc.record({ x: inside(-5, 30), y: inside(-5, 30) });
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 3, maxLength: 8 }),
        (points) => {
          expect(fillPolygon(points.toReversed(), page)).toEqual(
            fillPolygon(points, page),
          );
        },
      ),
    );
  });

  test("rectangles of whole pixels are exact, whichever corner they were drawn from", () => {
    const out = fillPolygon(
      rectangleOutline({ x: 9, y: 7 }, { x: 3, y: 2 }),
      page,
    );
    for (const { x, y } of pixels(page))
      expect(at(out, x, y)).toBe(x >= 3 && x < 9 && y >= 2 && y < 7 ? 255 : 0);
  });

  test("ellipses have the area of an ellipse", () => {
    fc.assert(
      fc.property(inside(2, 11), inside(2, 9), (rx, ry) => {
        const outline = ellipseOutline(
          { x: 12 - rx, y: 10 - ry },
          { x: 12 + rx, y: 10 + ry },
        );
        expect(Math.abs(filled(outline) - Math.PI * rx * ry)).toBeLessThan(1.5);
      }),
    );
  });

  test("nothing is chosen beside the document or by a line", () => {
    const line = [
      { x: 1, y: 1 },
      { x: 9, y: 1 },
    ];
    expect(filled(line)).toBe(0);
    expect(
      fillPolygon(rectangleOutline({ x: 30, y: 1 }, { x: 40, y: 9 }), page),
    ).toBeNull();
  });
});

describe("gradient", () => {
  test("falls evenly from where it starts to where it ends", () => {
    const out = linearGradient(page, { x: 4, y: 0 }, { x: 14, y: 0 });
    expect([3, 4, 8, 9, 13, 14].map((x) => at(out, x, 7))).toEqual([
      255, 242, 140, 115, 13, 0,
    ]);
  });

  test("is the same along every line across it", () => {
    const [from, to] = [
      { x: 2, y: 3 },
      { x: 14, y: 15 },
    ];
    const out = linearGradient(page, from, to);
    expect(at(out, 6, 8)).toBe(at(out, 8, 6));
    expect(at(out, 0, 0)).toBe(255);
    expect(at(out, 23, 19)).toBe(0);
  });
});
