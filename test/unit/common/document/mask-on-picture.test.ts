import { expect, test } from "vitest";
import {
  identityTransform,
  type Mask,
  type Transform,
} from "../../../../common/document/document.ts";
import { maskOnPicture } from "../../../../common/document/mask-on-picture.ts";
import type { Raster } from "../../../../common/raster.ts";

/** A white 8 x 8 square with its corner at (4, 2) of the document. */
const square: Raster<Uint8Array> = {
  width: 8,
  height: 8,
  channels: 1,
  samples: new Uint8Array(64).fill(255),
};
const mask: Mask = {
  asset: "0".repeat(64),
  x: 4,
  y: 2,
  outside: 0,
  enabled: true,
};

function seen(
  transform: Partial<Transform>,
  picture: { width: number; height: number },
  size = picture,
  own = mask,
) {
  const raster = maskOnPicture(
    { mask: own, transform: { ...identityTransform, ...transform } },
    picture,
    size,
    () => square,
  );
  return (x: number, y: number) => raster?.samples[y * size.width + x];
}

/** How far outside the square's edge a point of the document lies; negative inside. */
const beyondEdge = (x: number, y: number) =>
  Math.max(Math.abs(x - 8), Math.abs(y - 6)) - 4;

test.each<[string, Partial<Transform>]>([
  ["where nothing is transformed", {}],
  ["moved", { x: 3, y: -2 }],
  ["twice as large", { scaleX: 2, scaleY: 2, x: -4 }],
  ["half as large and mirrored", { scaleX: -0.5, scaleY: 0.5, x: 16 }],
  ["turned by a right angle", { rotation: 90, x: 14, y: -3 }],
  ["turned and stretched", { rotation: 30, scaleX: 1.5, x: 4, y: -6 }],
  ["sheared", { shear: 0.4, x: -3, y: 1 }],
])(
  "each pixel of the picture says whether it lies under the mask: %s",
  (_, change) => {
    const picture = { width: 40, height: 32 };
    const at = seen(change, picture);
    const t = { ...identityTransform, ...change };
    const angle = (t.rotation * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    // What lies astride the edge, or within a pixel of it, is a shade between.
    const reach =
      0.71 + 0.71 * Math.max(Math.abs(t.scaleX), t.scaleY) + (t.shear ?? 0);
    const found = { inside: 0, outside: 0 };
    for (let v = 0; v < picture.height; v++)
      for (let u = 0; u < picture.width; u++) {
        const y = (v + 0.5) * t.scaleY;
        const x = (u + 0.5) * t.scaleX + (t.shear ?? 0) * y;
        const beyond = beyondEdge(
          t.x + cos * x - sin * y,
          t.y + sin * x + cos * y,
        );
        if (Math.abs(beyond) < reach) continue;
        found[beyond < 0 ? "inside" : "outside"]++;
        expect(at(u, v)).toBe(beyond < 0 ? 255 : 0);
      }
    expect(found.inside).toBeGreaterThan(3);
    expect(found.outside).toBeGreaterThan(4);
  },
);

test("a smaller picture holds the mean", () => {
  const at = seen({}, { width: 16, height: 16 }, { width: 4, height: 4 });
  // Column 1 is x 4 to 8, row 0 is y 0 to 4, half of it under the mask.
  expect(at(1, 0)).toBeCloseTo(128, -0.5);
  expect(at(1, 1)).toBe(255);
  expect(at(0, 1)).toBe(0);
  expect(at(3, 1)).toBe(0);
});

test("beyond its pixels the mask is what it is outside", () => {
  const own = { ...mask, outside: 1 };
  const at = seen({ x: -100 }, { width: 10, height: 10 }, undefined, own);
  expect(at(0, 0)).toBe(255);
  const none = { ...mask, asset: null, outside: 0 };
  const black = seen({}, { width: 10, height: 10 }, undefined, none);
  expect(black(6, 4)).toBe(0);
});

test("a layer without extent, or blown up past all use, tells nothing", () => {
  const lost = (transform: Partial<Transform>) =>
    seen(transform, { width: 4, height: 4 })(0, 0);
  expect(lost({ scaleX: 0 })).toBeUndefined();
  expect(lost({ scaleX: 1e6 })).toBeUndefined();
});
