import { describe, expect, test } from "vitest";
import {
  type StyleParameters,
  styleParametersSchema,
} from "../../../common/document/document.ts";
import {
  cornersOf,
  mixedAt,
  placeOf,
  sharesAt,
  withCorner,
  withoutCorner,
} from "../../../renderer/state/mix-pad.ts";

const ink: StyleParameters = { model: "ink", brushSize: 2, depth: 0.5 };
const names = ["ink", "oil", "comic", "doodle"];
const modelsOf = (style: StyleParameters) =>
  cornersOf(style).map(({ model }) => model);
const placeIn = (style: StyleParameters) =>
  placeOf(cornersOf(style).map(({ share }) => share));
const mixOf = (count: number, x = 0.3, y = 0.6) =>
  mixedAt(ink, names.slice(0, count), { x, y });

describe("shares", () => {
  test("of four corners are bilinear", () => {
    const shares = sharesAt(4, { x: 0.25, y: 0.5 });
    [0.375, 0.125, 0.375, 0.125].forEach((wanted, corner) => {
      expect(shares[corner]).toBeCloseTo(wanted, 12);
    });
  });

  test.each([2, 3, 4])("of %i corners sum to one everywhere", (count) => {
    for (const x of [0, 0.2, 1])
      for (const y of [0, 0.7, 1]) {
        const shares = sharesAt(count, { x, y });
        expect(shares).toHaveLength(count);
        expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
        expect(Math.min(...shares)).toBeGreaterThan(0);
      }
  });

  test("are all one corner's where the puck lies on it, but for what nobody sees", () => {
    const corners = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const;
    corners.forEach(([x, y], corner) => {
      expect(sharesAt(4, { x, y })[corner]).toBeGreaterThan(0.997);
    });
  });

  test.each([2, 3, 4])("of %i corners tell the place again", (count) => {
    for (const x of [0.001, 0.31, 0.999])
      for (const y of [0.001, 0.77, 0.999]) {
        const place = placeOf(sharesAt(count, { x, y }));
        expect(place.x).toBeCloseTo(x, 9);
        expect(place.y).toBeCloseTo(count > 2 ? y : 0, 9);
      }
  });
});

describe("a mix", () => {
  test.each([1, 2, 3, 4])(
    "of %i is one that documents take, wherever the puck lies",
    (count) => {
      for (const x of [0, 0.5, 1])
        for (const y of [0, 0.5, 1]) {
          const style = mixOf(count, x, y);
          expect(styleParametersSchema.parse(style)).toEqual(style);
          expect(modelsOf(style)).toEqual(names.slice(0, count));
          expect(style).toMatchObject({ brushSize: 2, depth: 0.5 });
        }
    },
  );

  test("gets another style in the middle of the first two, then half way down, then where the puck lies", () => {
    const two = withCorner(ink, 1, "oil");
    expect(two.mix).toEqual([{ model: "oil", share: 0.5 }]);
    const three = withCorner(
      mixedAt(two, ["ink", "oil"], { x: 0.25, y: 0 }),
      2,
      "comic",
    );
    expect(placeIn(three)).toEqual({
      x: expect.closeTo(0.25, 9),
      y: expect.closeTo(0.5, 9),
    });
    const four = withCorner(three, 3, "doodle");
    expect(modelsOf(four)).toEqual(names);
    expect(placeIn(four).x).toBeCloseTo(0.25, 9);
    expect(cornersOf(four)[3]!.share).toBeCloseTo(0.125, 9);
    expect(withCorner(four, 4, "fifth")).toBe(four);
  });

  test("keeps its place when a corner gets another style; one that is there changes places", () => {
    const style = mixOf(4);
    const replaced = withCorner(style, 1, "wash");
    expect(modelsOf(replaced)).toEqual(["ink", "wash", "comic", "doodle"]);
    expect(placeIn(replaced).x).toBeCloseTo(0.3, 9);
    expect(placeIn(replaced).y).toBeCloseTo(0.6, 9);
    expect(modelsOf(withCorner(style, 0, "doodle"))).toEqual([
      "doodle",
      "oil",
      "comic",
      "ink",
    ]);
    // No style twice.
    expect(withCorner(mixOf(2), 2, "ink")).toEqual(mixOf(2));
  });

  test("without a corner has the last one in its place, and is plain in the end", () => {
    expect(modelsOf(withoutCorner(mixOf(4), 0))).toEqual([
      "doodle",
      "oil",
      "comic",
    ]);
    expect(modelsOf(withoutCorner(mixOf(3), 2))).toEqual(["ink", "oil"]);
    expect(withoutCorner(mixOf(2), 1)).toEqual(ink);
    expect(withoutCorner(ink, 0)).toBe(ink);
  });
});
