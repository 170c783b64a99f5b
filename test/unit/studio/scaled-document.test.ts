import { expect, test } from "vitest";
import { composite } from "../../../common/document/compositor.ts";
import {
  type Document,
  identityTransform,
} from "../../../common/document/document.ts";
import type { Raster } from "../../../common/raster.ts";
import { scaledDocument } from "../../../electron/studio/scaled-document.ts";

const red = "a".repeat(64);
const mask = "b".repeat(64);

const even = (
  side: number,
  channels: 1 | 3,
  value: readonly number[],
): Raster<Uint8Array> => ({
  width: side,
  height: side,
  channels,
  samples: Uint8Array.from(
    { length: side * side * channels },
    (_, index) => value[index % channels]!,
  ),
});

/** A red square of half the document's side at (40, 20), turned and doubled by its transform, cut by a mask at its right. */
const document: Document = {
  version: 3,
  width: 160,
  height: 80,
  depth: 8,
  layers: [
    {
      kind: "group",
      id: "g",
      name: "g",
      visible: true,
      locked: false,
      opacity: 1,
      mask: { asset: mask, x: 0, y: 0, outside: 0, enabled: true },
      blendMode: "passThrough",
      layers: [
        {
          kind: "picture",
          id: "p",
          name: "p",
          visible: true,
          locked: false,
          opacity: 0.5,
          mask: null,
          blendMode: "normal",
          transform: { ...identityTransform, x: 40, y: 20, scaleX: 2 },
          asset: red,
        },
      ],
    },
  ],
};

test("a document composed at half size looks as it does at full size, halved", () => {
  const at = (factor: number) =>
    composite(scaledDocument(document, factor), (asset) =>
      asset === red
        ? even(40 * factor, 3, [255, 0, 0])
        : even(80 * factor, 1, [255]),
    );
  const whole = at(1);
  const half = at(0.5);
  expect([half.width, half.height]).toEqual([80, 40]);
  for (let y = 0; y < 40; y += 1)
    for (let x = 0; x < 80; x += 1)
      for (let c = 0; c < 4; c += 1)
        expect(half.samples[4 * (y * 80 + x) + c]).toBeCloseTo(
          whole.samples[4 * (2 * y * 160 + 2 * x) + c]!,
          5,
        );
});

test("no side becomes nothing", () => {
  const { width, height } = scaledDocument(
    { ...document, width: 1000, height: 1 },
    0.01,
  );
  expect([width, height]).toEqual([10, 1]);
});
