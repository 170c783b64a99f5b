import { array, assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BlendMode,
  blendModes,
} from "../../../../common/document/blend-mode.ts";
import { composite } from "../../../../common/document/compositor.ts";
import type {
  AssetHash,
  Layer,
  Mask,
} from "../../../../common/document/document.ts";
import type { Raster } from "../../../../common/raster.ts";
import {
  documentOf,
  group,
  hash,
  picture,
  styled,
} from "./random-documents.ts";
import {
  difference,
  drawn,
  layersFrom,
  look,
  maskOf,
  randomRaster,
  side,
} from "./random-pictures.ts";

describe("what changes nothing", () => {
  const scene = [
    picture("below", { asset: hash(1) }),
    picture("above", { asset: hash(2), blendMode: "overlay", opacity: 0.7 }),
  ];
  const before = look(...scene);

  test.each<[string, (mode: BlendMode) => Layer]>([
    [
      "a clear picture",
      (blendMode) => picture("new", { asset: hash(5), blendMode }),
    ],
    [
      "opacity 0",
      (blendMode) => picture("new", { asset: hash(3), blendMode, opacity: 0 }),
    ],
    [
      "a hidden layer",
      (blendMode) =>
        picture("new", { asset: hash(3), blendMode, visible: false }),
    ],
    [
      "an all-black mask",
      (blendMode) =>
        picture("new", { asset: hash(3), blendMode, mask: maskOf(6) }),
    ],
    [
      "a mask of nothing",
      (blendMode) =>
        picture("new", { asset: hash(3), blendMode, mask: maskOf(null) }),
    ],
    ["an empty group", (blendMode) => group("new", [], { blendMode })],
    [
      "a hidden group",
      (blendMode) =>
        group("new", [picture("in", { asset: hash(3) })], {
          blendMode,
          visible: false,
        }),
    ],
    [
      "a group behind a black mask",
      (blendMode) =>
        group("new", [picture("in", { asset: hash(3) })], {
          blendMode,
          mask: maskOf(6),
        }),
    ],
    [
      "a picture of no height",
      (blendMode) =>
        picture("new", {
          asset: hash(3),
          blendMode,
          transform: { x: 0, y: 0, scaleX: 1, scaleY: 0, rotation: 0 },
        }),
    ],
  ])("%s, in any mode", (_, layerOf) => {
    for (const mode of blendModes)
      expect(difference(look(...scene, layerOf(mode)), before), mode).toBe(0);
  });

  test("a white mask, a mask that is off, and one that is white outside", () => {
    const masked = (mask: Mask) =>
      look(scene[0]!, { ...scene[1]!, mask } as Layer);
    expect(difference(masked(maskOf(7)), before)).toBeLessThan(1e-7);
    expect(difference(masked(maskOf(6, { enabled: false })), before)).toBe(0);
    expect(difference(masked(maskOf(null, { outside: 1 })), before)).toBe(0);
    expect(difference(masked(maskOf(6, { x: side, outside: 1 })), before)).toBe(
      0,
    );
  });

  test("a group that passes through, around any layers", () => {
    expect(
      difference(look(scene[0]!, group("around", [scene[1]!])), before),
    ).toBe(0);
  });

  test("an isolated normal group around normal layers", () => {
    const layers = [1, 2, 3].map((number) =>
      picture(`p${number}`, { asset: hash(number), opacity: 0.8 }),
    );
    const grouped = [
      layers[0]!,
      group("around", layers.slice(1), { blendMode: "normal" }),
    ];
    expect(difference(look(...grouped), look(...layers))).toBeLessThan(1e-6);
  });

  test("a turn all the way round, and two mirrorings", () => {
    const plain = look(picture("p", { asset: hash(1) }));
    const turned = (transform: object) =>
      look(
        picture("p", {
          asset: hash(1),
          transform: {
            x: 0,
            y: 0,
            scaleX: 1,
            scaleY: 1,
            rotation: 0,
            ...transform,
          },
        }),
      );
    expect(difference(turned({ rotation: -720 }), plain)).toBe(0);
    const mirrored = turned({
      x: side,
      y: side,
      scaleX: -1,
      scaleY: -1,
      rotation: 0,
    });
    const half = turned({ x: side, y: side, rotation: 180 });
    expect(difference(mirrored, half)).toBeLessThan(1e-6);
    expect(difference(mirrored, plain)).toBeGreaterThan(0.1);
  });
});

describe("groups", () => {
  const below = picture("below", { asset: hash(2) });
  const multiplied = picture("in", { asset: hash(7), blendMode: "multiply" });
  const member = picture("in", { asset: hash(1), blendMode: "multiply" });

  test("an isolated group's layers do not see what lies below it", () => {
    const alone = look(below, picture("in", { asset: hash(1) }));
    const isolated = look(below, group("g", [member], { blendMode: "normal" }));
    expect(difference(isolated, alone)).toBeLessThan(1e-6);
  });

  test("a pass-through group's layers do", () => {
    const through = look(below, group("g", [member]));
    expect(difference(through, look(below, member))).toBe(0);
    const isolated = look(below, group("g", [member], { blendMode: "normal" }));
    expect(difference(through, isolated)).toBeGreaterThan(0.1);
  });

  test("a pass-through group in an isolated one sees that one's layers only", () => {
    const inner = picture("inner", { asset: hash(4) });
    const nested = look(
      below,
      group("outer", [inner, group("g", [member])], { blendMode: "normal" }),
    );
    const flat = look(
      below,
      group("outer", [inner, member], { blendMode: "normal" }),
    );
    expect(difference(nested, flat)).toBe(0);
  });

  test("a faded pass-through group lies between without and with it", () => {
    const half = look(below, group("g", [member], { opacity: 0.5 }));
    const [without, full] = [look(below), look(below, member)];
    const mean = without.map((value, i) => (value + full[i]!) / 2);
    // The picture below is opaque, so straight colours mix evenly.
    expect(difference(half, mean)).toBeLessThan(1e-6);
  });

  test("white multiplied in a clear group is white there, not clear", () => {
    const grouped = look(group("g", [multiplied], { blendMode: "normal" }));
    expect([...grouped.slice(0, 4)]).toEqual([1, 1, 1, 1]);
  });
});

describe("any document", () => {
  test("stays in range, without NaN", () => {
    assert(
      property(array(drawn, { maxLength: 6 }), (all) => {
        for (const value of look(...layersFrom(all)))
          if (!(value >= 0 && value <= 1)) expect.fail(`a sample of ${value}`);
      }),
      { numRuns: 200 },
    );
  });

  test("looks the same whole and in parts, and is clear beyond its edges", () => {
    assert(
      property(
        array(drawn, { maxLength: 5 }),
        integer({ min: -4, max: 10 }),
        integer({ min: 1, max: 16 }),
        (all, x, width) => {
          const document = documentOf(layersFrom(all), side, side);
          const whole = composite(document, randomRaster).samples;
          const region = { x, y: 3, width, height: 12 };
          const part = composite(document, randomRaster, { region });
          expect([part.width, part.height]).toEqual([width, 12]);
          const expected = new Float32Array(part.samples.length);
          for (let row = 0; row + 3 < side; row++)
            for (let column = 0; column < width; column++) {
              if (x + column < 0 || x + column >= side) continue;
              const from = 4 * ((row + 3) * side + x + column);
              const pixel = whole.subarray(from, from + 4);
              expected.set(pixel, 4 * (row * width + column));
            }
          expect(difference(part.samples, expected)).toBeLessThan(1e-5);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a background", () => {
  test("lies under the finished composite, opaque", () => {
    const document = documentOf(
      [picture("p", { asset: hash(1), blendMode: "multiply", opacity: 0.5 })],
      side,
      side,
    );
    const clear = composite(document, randomRaster).samples;
    const background = [0.2, 0.4, 0.6] as const;
    const { samples } = composite(document, randomRaster, { background });
    for (let i = 0; i < samples.length; i += 4) {
      const alpha = clear[i + 3]!;
      for (let c = 0; c < 3; c++)
        expect(samples[i + c]).toBeCloseTo(
          clear[i + c]! * alpha + background[c]! * (1 - alpha),
          6,
        );
      expect(samples[i + 3]).toBe(1);
    }
  });
});

test("a result that does not fit its picture is refused, with the way out", () => {
  const layer = styled("ink", {
    result: { asset: hash(2), style: { model: "ink", brushSize: 1 } },
  });
  const rasterOf = (asset: AssetHash): Raster => ({
    ...randomRaster(asset),
    width: asset === hash(2) ? side / 2 : side,
  });
  expect(() => composite(documentOf([layer]), rasterOf)).toThrow(
    expect.objectContaining({
      code: "damaged",
      hint: "Apply the style again.",
    }),
  );
});
