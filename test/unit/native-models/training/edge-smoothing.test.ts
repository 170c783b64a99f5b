import { expect, test } from "vitest";
import type { Raster } from "../../../../common/raster.ts";
import { cannyEdges } from "../../../../native-models/training/canny.ts";
import { smoothEdges } from "../../../../native-models/training/edge-smoothing.ts";
import { numericsFixture } from "../check-numerics.ts";

interface Case {
  width: number;
  height: number;
  /** In base64: 8-bit RGB, 8-bit grey, 0 or 1, 8-bit RGB. */
  picture: string;
  grey: string;
  edges: string;
  smoothed: string;
}

/** Made by test/reference/numerics/edge-smoothing.py with OpenCV. */
const cases = numericsFixture<Case[]>("edge-smoothing");

const unpacked = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));

function rgb(width: number, height: number, samples: Uint8Array): Raster {
  return { width, height, channels: 3, samples };
}

test.each(cases)(
  "edges of $width x $height are OpenCV's, pixel for pixel",
  ({ width, height, grey, edges }) => {
    const found = cannyEdges(unpacked(grey), width, height, 100, 200);
    expect(found).toEqual(unpacked(edges));
  },
);

test.each(cases)(
  "smoothing $width x $height gives what OpenCV's steps give",
  ({ width, height, picture, smoothed }) => {
    const samples = unpacked(picture);
    const result = smoothEdges(rgb(width, height, samples));
    expect(result.samples).toEqual(unpacked(smoothed));
    expect(samples).toEqual(unpacked(picture));
  },
);

test("the fixture has edges, and places without any", () => {
  const counts = cases.map(({ edges }) =>
    unpacked(edges).reduce((sum, edge) => sum + edge, 0),
  );
  expect(Math.max(...counts)).toBeGreaterThan(100);
  const [{ width, height }] = cases as [Case];
  expect(counts[0]).toBeLessThan((width * height) / 3);
});

test("paper without edges stays as it is, down to a single pixel", () => {
  for (const [width, height] of [
    [1, 1],
    [2, 1],
    [7, 5],
  ] as const) {
    const samples = new Uint8Array(width * height * 3).fill(201);
    expect(smoothEdges(rgb(width, height, samples)).samples).toEqual(samples);
  }
});

test("anything but RGB of 8 bits is refused", () => {
  const grey = { ...rgb(2, 2, new Uint8Array(4)), channels: 1 } as const;
  expect(() => smoothEdges(grey)).toThrow(TypeError);
});
