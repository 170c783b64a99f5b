import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  luminosityRange,
  opaquePart,
} from "../../../../common/selection/from-picture.ts";
import { magicWand } from "../../../../common/selection/magic-wand.ts";
import { at, pixels, reference } from "./fixtures.ts";

const { width, height } = reference.wand;
const samples = new Uint8Array(width * height * 4).fill(255);
for (let i = 0; i < width * height; i++)
  samples.set(reference.wand.rgb.slice(3 * i, 3 * i + 3), 4 * i);
const picture = { width, height, channels: 4 as const, samples };
const whole = { x: 0, y: 0, width, height };
const plain = { contiguous: true, antiAlias: false };

/** One row of grey or clear pixels. */
function row(...values: readonly (number | "clear")[]) {
  return {
    width: values.length,
    height: 1,
    channels: 4 as const,
    samples: Uint8Array.from(
      values.flatMap((v) => (v === "clear" ? [0, 0, 0, 0] : [v, v, v, 255])),
    ),
  };
}

describe("magic wand", () => {
  test.each(reference.wand.found)(
    "finds what OpenCV's flood fill finds",
    ({ seed: [x, y], tolerance, samples: expected }) => {
      const found = magicWand(picture, { x, y }, { ...plain, tolerance });
      expect(
        [...pixels(whole)].map((pixel) => at(found, pixel.x, pixel.y)),
      ).toEqual(expected);
    },
  );

  test("without contiguity it finds every pixel of the colour, and so at least as much", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: width - 1 }),
        fc.nat({ max: height - 1 }),
        fc.nat({ max: 80 }),
        (x, y, tolerance) => {
          const near = magicWand(picture, { x, y }, { ...plain, tolerance });
          const far = magicWand(
            picture,
            { x, y },
            { contiguous: false, antiAlias: false, tolerance },
          );
          const seed = (y * width + x) * 4;
          for (const pixel of pixels(whole)) {
            const i = (pixel.y * width + pixel.x) * 4;
            const like = [0, 1, 2].every(
              (c) =>
                Math.abs(samples[i + c]! - samples[seed + c]!) <= tolerance,
            );
            expect(at(far, pixel.x, pixel.y)).toBe(like ? 255 : 0);
            expect(at(near, pixel.x, pixel.y)).toBeLessThanOrEqual(
              at(far, pixel.x, pixel.y),
            );
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test("stops at what is clear, and clear is one colour", () => {
    const line = row(10, 10, "clear", "clear", 10);
    const found = (x: number) =>
      magicWand(line, { x, y: 0 }, { ...plain, tolerance: 5 });
    expect([0, 1, 2, 3, 4].map((x) => at(found(0), x, 0))).toEqual([
      255, 255, 0, 0, 0,
    ]);
    expect(found(3)).toMatchObject({ x: 2, width: 2 });
    expect(found(9)).toBeNull();
  });

  test("an anti-aliased edge is three quarters inside, one quarter outside", () => {
    const found = magicWand(
      row(0, 0, 0, 200, 200, 200),
      { x: 0, y: 0 },
      { contiguous: true, antiAlias: true, tolerance: 5 },
    );
    expect([0, 1, 2, 3, 4].map((x) => at(found, x, 0))).toEqual([
      255, 255, 191, 64, 0,
    ]);
  });
});

describe("from a picture", () => {
  test("a range of luminosity fades at both ends", () => {
    const found = luminosityRange(row(0, 51, 102, 153, 204, 255, "clear"), {
      low: 0.4,
      high: 0.6,
      softness: 0.4,
    });
    expect([...found.samples]).toEqual([0, 128, 255, 255, 128, 0, 0]);
  });

  test("green counts for more than blue", () => {
    const colours = {
      ...row(0, 0),
      samples: Uint8Array.of(0, 255, 0, 255, 0, 0, 255, 255),
    };
    const bright = luminosityRange(colours, { low: 0.5, high: 1, softness: 0 });
    expect([...bright.samples]).toEqual([255, 0]);
  });

  test("what is not clear", () => {
    expect([...opaquePart(row(0, "clear", 9)).samples]).toEqual([255, 0, 255]);
  });
});
