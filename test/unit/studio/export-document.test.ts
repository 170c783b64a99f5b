import { expect, test } from "vitest";
import { composite } from "../../../common/document/compositor.ts";
import { decodePicture } from "../../../electron/studio/assets/decode.ts";
import {
  type ExportFormat,
  exportDocument,
} from "../../../electron/studio/export/export-document.ts";
import {
  DrawnPictures,
  documentOf,
  pictureLayer,
  styledLayer,
} from "./drawn-document.ts";

const drawn = new DrawnPictures();
const size = { width: 48, height: 32 } as const;
const sky = drawn.draw("sky", { ...size, channels: 3 }, 16, (x, y) => [
  x / 47,
  y / 31,
  0.4,
]);
const ink = drawn.draw("ink", { ...size, channels: 3 }, 16, (x) => [
  1 - x / 47,
  0.5,
  0.2,
]);

test.each<[ExportFormat, 8 | 16, number]>([
  ["png", 8, 0.51],
  ["png", 16, 0.01],
  ["tiff", 8, 0.51],
  ["tiff", 16, 0.01],
  ["psd", 8, 0.51],
  ["psd", 16, 0.01],
  ["jpeg", 8, 12],
  ["webp", 8, 16],
])("%s of %i bits looks like the canvas", async (format, depth, tolerance) => {
  const document = documentOf(
    [
      pictureLayer("sky", sky),
      styledLayer("inked", sky, ink, { strength: 0.7, colourKeeping: 0.4 }),
    ],
    { depth },
  );
  const bytes = await exportDocument(document, drawn.rasterOf, { format });
  const picture = await decodePicture(bytes, `picture.${format}`);
  expect([picture.format, picture.depth]).toEqual([format, depth]);
  const { samples, channels } = picture.raster;
  expect(channels).toBe(3);
  const ours = composite(document, drawn.rasterOf).samples;
  const top = depth === 16 ? 65_535 : 255;
  let largest = 0;
  for (let at = 0; at < samples.length; at++) {
    const shown = ours[Math.floor(at / 3) * 4 + (at % 3)]!;
    const off = Math.abs(samples[at]! / top - shown) * 255;
    largest = Math.max(largest, off);
  }
  expect(largest).toBeLessThanOrEqual(tolerance);
});

test("what is clear stays clear in a PNG", async () => {
  const at = { x: 24, y: 0, scaleX: 1, scaleY: 1, rotation: 0 };
  const document = documentOf([pictureLayer("sky", sky, { transform: at })]);
  const bytes = await exportDocument(document, drawn.rasterOf, {
    format: "png",
  });
  const { raster } = await decodePicture(bytes, "half.png");
  expect(raster.channels).toBe(4);
  expect([raster.samples[3], raster.samples[47 * 4 + 3]]).toEqual([0, 255]);
});

test("a long export lets the program go on", async () => {
  const wide = { width: 1500, height: 1000 };
  const picture = drawn.draw("wide", { ...wide, channels: 3 }, 8, (x, y) => [
    x / 1499,
    y / 999,
    ((x * y) % 256) / 255,
  ]);
  const document = documentOf([pictureLayer("wide", picture)], wide);
  let turns = 0;
  let running = true;
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  const bytes = await exportDocument(document, drawn.rasterOf, {
    format: "psd",
  });
  running = false;
  expect(turns).toBeGreaterThan(5);
  expect((await decodePicture(bytes, "wide.psd")).raster).toMatchObject(wide);
});
