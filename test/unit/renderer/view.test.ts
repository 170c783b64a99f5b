import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clampView,
  compositingScale,
  fitView,
  largestZoom,
  nextStop,
  smallestZoom,
  toDocument,
  toWindow,
  zoomAbout,
  zoomLabel,
} from "../../../renderer/canvas/view.ts";

const coordinate = fc.integer({ min: -5000, max: 5000 });
const point = fc.record({ x: coordinate, y: coordinate });
const zoom = fc.double({ min: smallestZoom, max: largestZoom, noNaN: true });
const view = fc.record({ zoom, x: coordinate, y: coordinate });
const side = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: side, height: side });

test("window and document points go there and back", () => {
  fc.assert(
    fc.property(view, point, (seen, at) => {
      const back = toWindow(seen, toDocument(seen, at));
      expect(back.x).toBeCloseTo(at.x, 6);
      expect(back.y).toBeCloseTo(at.y, 6);
    }),
  );
});

test("zooming leaves what lies under the pointer where it is", () => {
  fc.assert(
    fc.property(view, point, zoom, (seen, anchor, next) => {
      const held = toDocument(seen, anchor);
      const after = toWindow(zoomAbout(seen, anchor, next), held);
      expect(after.x).toBeCloseTo(anchor.x, 5);
      expect(after.y).toBeCloseTo(anchor.y, 5);
    }),
  );
});

test("zooming stays within what the canvas can show", () => {
  const seen = { zoom: 1, x: 0, y: 0 };
  expect(zoomAbout(seen, { x: 0, y: 0 }, 1e9).zoom).toBe(largestZoom);
  expect(zoomAbout(seen, { x: 0, y: 0 }, 0).zoom).toBe(smallestZoom);
});

test("fitting shows the whole document in the middle, never enlarged", () => {
  const wide = fitView(
    { width: 2000, height: 500 },
    { width: 1040, height: 800 },
    20,
  );
  expect(wide).toEqual({ zoom: 0.5, x: 20, y: 275 });
  const small = fitView(
    { width: 100, height: 100 },
    { width: 1000, height: 1000 },
    20,
  );
  expect(small).toEqual({ zoom: 1, x: 450, y: 450 });
});

test("the document never gets lost outside the window", () => {
  fc.assert(
    fc.property(view, size, size, (seen, document, window) => {
      const held = clampView(seen, document, window);
      const left = held.x;
      const right = held.x + document.width * held.zoom;
      const kept = Math.min(64, window.width, document.width * held.zoom);
      expect(right).toBeGreaterThanOrEqual(kept - 1e-6);
      expect(left).toBeLessThanOrEqual(window.width - kept + 1e-6);
    }),
  );
});

test("zoom stops go up and down by the same steps and end", () => {
  expect(nextStop(1, "in")).toBe(1.5);
  expect(nextStop(1.5, "out")).toBe(1);
  expect(nextStop(0.97, "in")).toBe(1);
  expect(nextStop(0.97, "out")).toBe(0.6667);
  expect(nextStop(largestZoom, "in")).toBe(largestZoom);
  expect(nextStop(smallestZoom, "out")).toBe(smallestZoom);
});

test("the composite has the pixels that the window shows, and no more than the limit", () => {
  const document = { width: 4000, height: 3000 };
  expect(compositingScale(document, 1, 1, 4096)).toBe(1);
  expect(compositingScale(document, 8, 1, 4096)).toBe(1);
  expect(compositingScale(document, 0.25, 1, 4096)).toBe(0.25);
  expect(compositingScale(document, 0.26, 1, 4096)).toBe(0.5);
  expect(compositingScale(document, 0.25, 2, 4096)).toBe(0.5);
  const huge = compositingScale({ width: 300_000, height: 9 }, 1, 1, 4096);
  expect(300_000 * huge).toBeLessThanOrEqual(4096);
});

test("zoom is told in per cent", () => {
  expect(zoomLabel(0.6667)).toBe("67 %");
  expect(zoomLabel(0.025)).toBe("2.5 %");
  expect(zoomLabel(32)).toBe("3200 %");
});
