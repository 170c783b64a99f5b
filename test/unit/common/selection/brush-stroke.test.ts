import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intersect } from "../../../../common/document/region.ts";
import {
  type Brush,
  BrushStroke,
  layStroke,
} from "../../../../common/selection/brush-stroke.ts";
import { evenCoverage } from "../../../../common/selection/coverage.ts";
import {
  StrokePath,
  type StrokePoint,
} from "../../../../common/selection/stroke-path.ts";
import { pixels } from "./fixtures.ts";

const canvas = { x: 0, y: 0, width: 96, height: 64 };
const brush: Brush = {
  size: 8,
  hardness: 1,
  flow: 1,
  smoothing: 0,
  pressure: false,
};

const points: fc.Arbitrary<StrokePoint[]> = fc.array(
  fc.record({
    x: fc.double({ min: -10, max: 106, noNaN: true }),
    y: fc.double({ min: -10, max: 74, noNaN: true }),
    pressure: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);

function stroked(options: Partial<Brush>, way: readonly StrokePoint[]) {
  const stroke = new BrushStroke({ ...brush, ...options }, canvas);
  stroke.add(way);
  stroke.end();
  return stroke;
}

describe("a stroke", () => {
  test("is the same however its points arrive, and tells of every pixel that it changes", () => {
    fc.assert(
      fc.property(points, fc.nat(), (way, seed) => {
        const options = { size: 9, hardness: 0.3, flow: 0.6, smoothing: 0.4 };
        const whole = stroked(options, way);
        const stroke = new BrushStroke({ ...brush, ...options }, canvas);
        const told = new Uint8Array(stroke.paint.length);
        for (let from = 0; from < way.length; ) {
          const before = stroke.paint.slice();
          const to = from + 1 + ((seed + from) % 3);
          const part =
            from === way.length ? null : stroke.add(way.slice(from, to));
          for (const { x, y } of part ? pixels(part) : [])
            told[y * canvas.width + x] = 1;
          for (let i = 0; i < before.length; i++)
            if (before[i] !== stroke.paint[i]) expect(told[i]).toBe(1);
          from = to;
        }
        stroke.end();
        expect(stroke.paint).toEqual(whole.paint);
      }),
      { numRuns: 40 },
    );
  });

  test("drops no point: a hard brush that follows the pen covers each of them", () => {
    fc.assert(
      fc.property(points, (way) => {
        const { paint } = stroked({}, way);
        for (const { x, y } of way) {
          const [column, row] = [Math.floor(x), Math.floor(y)];
          const on = intersect(canvas, {
            x: column,
            y: row,
            width: 1,
            height: 1,
          });
          if (on) expect(paint[row * canvas.width + column]).toBe(65_535);
        }
      }),
    );
  });

  test("touches down at even distances, whatever the speed of the hand", () => {
    const path = new StrokePath(0, () => 2);
    const pen = [0, 1, 2.5, 9, 10, 40].map((x) => ({ x, y: 5, pressure: 1 }));
    const touches = [...pen.flatMap((point) => path.add(point)), ...path.end()];
    expect(touches.length).toBe(21);
    for (const [index, { x, y }] of touches.entries()) {
      expect(x).toBeCloseTo(2 * index, 9);
      expect(y).toBe(5);
    }
  });

  test("smoothing lags behind and arrives all the same", () => {
    const path = new StrokePath(0.8, () => 1);
    const along = [0, 10, 20, 30].flatMap((x) =>
      path.add({ x, y: 0, pressure: 1 }),
    );
    expect(Math.max(...along.map(({ x }) => x))).toBeLessThan(15);
    expect(path.end().at(-1)!.x).toBeGreaterThan(29);
  });

  test("a light hand makes a thin line, where the brush heeds it", () => {
    const way = [10, 50].map((x) => ({ x, y: 30, pressure: 0.25 }));
    const painted = (pressure: boolean) =>
      stroked({ size: 16, pressure }, way).paint.reduce(
        (sum, value) => sum + value,
        0,
      ) / 65_535;
    expect(painted(true) / painted(false)).toBeCloseTo(0.21, 1);
  });

  test("a hard touch is a disc with its area, a soft one lies within it", () => {
    const centre = [{ x: 40.3, y: 30.7, pressure: 1 }];
    const sum = (hardness: number) =>
      stroked({ size: 20, hardness }, centre).paint.reduce((s, v) => s + v, 0) /
      65_535;
    expect(Math.abs(sum(1) / (Math.PI * 100) - 1)).toBeLessThan(0.02);
    expect(sum(0)).toBeLessThan(0.6 * sum(1));
    expect(sum(0)).toBeGreaterThan(0.2 * sum(1));
  });

  test("flow builds up and never overflows", () => {
    const scrub = Array.from({ length: 60 }, (_, index) => ({
      x: index % 2 ? 30 : 34,
      y: 20,
      pressure: 1,
    }));
    const once = stroked({ flow: 0.1 }, scrub.slice(0, 1)).paint;
    const often = stroked({ flow: 0.1 }, scrub).paint;
    const middle = 20 * canvas.width + 31;
    expect(once[middle]! / 65_535).toBeCloseTo(0.1, 2);
    expect(often[middle]! / 65_535).toBeGreaterThan(0.95);
  });
});

describe("laying a stroke", () => {
  const stroke = stroked({ flow: 0.5 }, [{ x: 20, y: 20, pressure: 1 }]);
  const middle = 20 * canvas.width + 20;

  test.each([
    ["show", 100, 178],
    ["hide", 100, 50],
  ] as const)("%s changes %d by half", (how, before, after) => {
    const base = evenCoverage(canvas, before);
    const out = evenCoverage(canvas, before);
    layStroke(out, base, stroke, canvas, how, null);
    expect(out.samples[middle]).toBe(after);
    expect(out.samples[0]).toBe(before);
  });

  test("a selection holds it, and only the part asked for is written", () => {
    const base = evenCoverage(canvas, 0);
    const out = evenCoverage(canvas, 7);
    const within = evenCoverage(canvas, 51);
    const part = { x: 20, y: 20, width: 1, height: 1 };
    layStroke(out, base, stroke, part, "show", within);
    expect(out.samples[middle]).toBe(Math.round(255 * 0.5 * 0.2));
    expect(out.samples.filter((value) => value !== 7).length).toBe(1);
  });
});
