import { expect, test } from "vitest";
import { evenCoverage } from "../../../common/selection/coverage.ts";
import { edgePixels } from "../../../renderer/canvas/overlays/edge-pixels.ts";
import { maskShades } from "../../../renderer/panels/layers/mask-shades.ts";

const size = { width: 8, height: 6 };
const plain = { zoom: 1, x: 0, y: 0 };

/** The window as text: # on the edge. */
function drawn(edge: Uint32Array): string[] {
  const marks = new Set(edge);
  return Array.from({ length: size.height }, (_, y) =>
    Array.from({ length: size.width }, (_column, x) =>
      marks.has(y * size.width + x) ? "#" : ".",
    ).join(""),
  );
}

test("the edge goes round what is chosen", () => {
  const area = evenCoverage({ x: 2, y: 1, width: 3, height: 3 }, 255);
  expect(drawn(edgePixels(area, plain, size))).toEqual([
    "........",
    "..####..",
    "..#..#..",
    "..#..#..",
    "..###...",
    "........",
  ]);
});

test("follows zoom and place, and stops at the window", () => {
  const area = evenCoverage({ x: 0, y: 0, width: 2, height: 2 }, 255);
  const view = { zoom: 2, x: -2, y: 1 };
  expect(drawn(edgePixels(area, view, size))).toEqual([
    "........",
    "###.....",
    "..#.....",
    "..#.....",
    "..#.....",
    "##......",
  ]);
});

test("less than half is not chosen", () => {
  const area = evenCoverage({ x: 2, y: 1, width: 3, height: 3 }, 127);
  expect(edgePixels(area, plain, size)).toHaveLength(0);
});

test("a mask in small is the middle square of its document", () => {
  const mask = { asset: null, x: 3, y: 0, outside: 1, enabled: true };
  const raster = {
    width: 2,
    height: 2,
    channels: 1 as const,
    samples: Uint8Array.of(10, 20, 30, 40),
  };
  const document = { width: 8, height: 4 };
  expect([...maskShades(mask, raster, document, 4)]).toEqual([
    255, 10, 20, 255, 255, 30, 40, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  ]);
  // Turned by a right angle about its corner at (3, 0), it would lie left of it; moved back, it lies where it lay.
  const turned = {
    ...mask,
    transform: { x: 5, y: -3, scaleX: 1, scaleY: 1, rotation: 90 },
  };
  expect([...maskShades(turned, raster, document, 4)]).toEqual([
    255, 30, 10, 255, 255, 40, 20, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  ]);
});
