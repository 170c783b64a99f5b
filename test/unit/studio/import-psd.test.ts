import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { blendModes } from "../../../common/document/blend-mode.ts";
import { composite } from "../../../common/document/compositor.ts";
import type { Layer } from "../../../common/document/document.ts";
import { decodePicture } from "../../../electron/studio/assets/decode.ts";
import { exportDocument } from "../../../electron/studio/export/export-document.ts";
import { ByteWriter } from "../../../electron/studio/export/psd/byte-writer.ts";
import { writePsd } from "../../../electron/studio/export/psd/write-psd.ts";
import {
  DrawnPictures,
  documentOf,
  group,
  pictureLayer,
} from "./drawn-document.ts";
import { filled } from "./forged-psd.ts";
import { openLayeredPsd } from "./open-layered-psd.ts";

const pixels = 16;

describe.each([8, 16] as const)(
  "our own PSD with %i bits, read back",
  (depth) => {
    const drawn = new DrawnPictures();
    const whole = { width: 48, height: 32, channels: 3 } as const;
    const sky = drawn.draw("sky", whole, depth, (x, y) => [
      x / 47,
      y / 31,
      0.4,
    ]);
    const glass = drawn.draw(
      "glass",
      { width: 20, height: 20, channels: 4 },
      depth,
      (x, y) => [x / 19, 0.2, 0.8, y / 19],
    );
    const fade = drawn.draw(
      "fade",
      { width: 30, height: 16, channels: 1 },
      depth,
      (x) => [x / 29],
    );
    const mask = { asset: fade, x: 5, y: 4, outside: 0, enabled: true };
    const at = (x: number, y: number) => ({
      transform: { x, y, scaleX: 1, scaleY: 1, rotation: 0 },
    });
    const document = documentOf(
      [
        pictureLayer("Himmel 夕焼け 🌇", sky, { locked: true }),
        group(
          "through",
          [
            pictureLayer("glass", glass, {
              ...at(30, -5),
              blendMode: "multiply",
            }),
            pictureLayer("masked", glass, { ...at(2, 3), mask }),
          ],
          {
            blendMode: "passThrough",
            opacity: 0.8,
            mask: { ...mask, outside: 1 },
          },
        ),
        group(
          "isolated",
          [
            pictureLayer("hidden", glass, { visible: false }),
            group("empty", [], { opacity: 0.4 }),
            pictureLayer("soft", glass, {
              ...at(9, 9),
              blendMode: "softLight",
            }),
          ],
          { blendMode: "overlay", mask: { ...mask, enabled: false } },
        ),
      ],
      { depth },
    );
    const opened = exportDocument(document, drawn.rasterOf, {
      format: "psd",
    }).then((bytes) => openLayeredPsd(bytes));

    test("has the same structure", async () => {
      const { document: read, notes } = await opened;
      expect(notes).toEqual([]);
      expect([read.width, read.height, read.depth]).toEqual([48, 32, depth]);
      expect(read.layers.map(structureOf)).toEqual(
        document.layers.map(structureOf),
      );
    });

    test("looks the same", async () => {
      const { document: read, rasterOf } = await opened;
      const wanted = composite(document, drawn.rasterOf);
      expect(differenceOf(wanted.samples, composite(read, rasterOf).samples))
        // Opacity has 8 bits in a PSD.
        .toBeLessThanOrEqual(1 / 255);
    });

    test("keeps every sample", async () => {
      const { document: read, rasterOf } = await opened;
      const [background] = read.layers;
      if (background?.kind !== "picture") throw new Error("no picture");
      expect(rasterOf(background.asset)).toEqual(drawn.rasterOf(sky));
    });

    test("brings a thumbnail of what it shows", async () => {
      const { thumbnail, rasterOf } = await opened;
      expect(rasterOf(thumbnail)).toMatchObject({ width: 48, height: 32 });
    });
  },
);

test("every blend mode comes back", async () => {
  const drawn = new DrawnPictures();
  const dot = drawn.draw(
    "dot",
    { width: 4, height: 4, channels: 4 },
    8,
    (x, y) => [x / 3, y / 3, 0.5, 0.5],
  );
  const document = documentOf(
    blendModes.map((blendMode) => pictureLayer(blendMode, dot, { blendMode })),
  );
  const psd = await exportDocument(document, drawn.rasterOf, { format: "psd" });
  const { document: read } = await openLayeredPsd(psd);
  expect(read.layers.map((layer) => [layer.name, layer.blendMode])).toEqual(
    blendModes.map((mode) => [mode, mode]),
  );
});

test("PSB comes back too", async () => {
  const drawn = new DrawnPictures();
  const long = drawn.draw(
    "long",
    { width: 30_001, height: 2, channels: 4 },
    8,
    (x) => [(x % 256) / 255, 0.5, 0, 0.5],
  );
  const document = documentOf([pictureLayer("long", long)], {
    width: 30_001,
    height: 2,
  });
  const psb = await exportDocument(document, drawn.rasterOf, { format: "psd" });
  expect(psb[5]).toBe(2);
  const { document: read, rasterOf } = await openLayeredPsd(psb);
  const [layer] = read.layers;
  if (layer?.kind !== "picture") throw new Error("no picture");
  expect(rasterOf(layer.asset)).toEqual(drawn.rasterOf(long));
});

test("layers in another RGB space come in sRGB and remember their profile", async () => {
  const p3 = await sharp({
    create: { width: 1, height: 1, channels: 3, background: "red" },
  })
    .withIccProfile("p3")
    .png()
    .toBuffer();
  const { icc } = await sharp(p3).metadata();
  const planes = [0, 255, 0, 255].map((value) => filled(pixels, value));
  const bounds = { x: 0, y: 0, width: 4, height: 4 };
  const mask = {
    bounds,
    plane: filled(pixels, 100),
    outside: 255,
    enabled: true,
  } as const;
  const psd = await writePsd({
    width: 4,
    height: 4,
    depth: 8,
    composite: {
      width: 4,
      height: 4,
      channels: 3,
      samples: Uint8Array.from({ length: 48 }, (_, at) =>
        at % 3 === 1 ? 255 : 0,
      ),
    },
    profile: new Uint8Array(icc!),
    thumbnail: { width: 1, height: 1, jpeg: filled(4, 0) },
    layers: [
      {
        name: "green",
        blendKey: "norm",
        opacity: 1,
        visible: true,
        locked: false,
        section: "layer",
        bounds,
        planes,
        mask,
      },
    ],
  });
  const { kept, rasterOf, document } = await openLayeredPsd(psd);
  const [layer] = document.layers;
  if (layer?.kind !== "picture") throw new Error("no picture");
  const merged = await decodePicture(psd, "green.psd");
  expect([...rasterOf(layer.asset).samples.slice(0, 3)]).toEqual([
    ...merged.raster.samples.slice(0, 3),
  ]);
  expect(merged.raster.samples[1]).not.toBe(0);
  expect(
    kept
      .map(({ profile }) => profile !== null)
      .slice(0, 2)
      .sort(),
  ).toEqual([false, true]);
  // A mask is no colour.
  expect([...rasterOf(layer.mask!.asset!).samples]).toEqual(
    Array(pixels).fill(100),
  );
});

/** What of a layer has to survive a PSD; ids are new, and opacity has 8 bits there. */
function structureOf(layer: Layer): unknown {
  const { kind, name, visible, locked, blendMode, mask } = layer;
  return {
    ...{ kind, name, visible, locked, blendMode },
    opacity: Math.round(layer.opacity * 255),
    mask: mask && { ...mask, asset: mask.asset !== null },
    ...(layer.kind === "picture" && { transform: layer.transform }),
    ...(layer.kind === "group" && { layers: layer.layers.map(structureOf) }),
  };
}

function differenceOf(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce(
    (most, sample, at) => Math.max(most, Math.abs(sample - b[at]!)),
    0,
  );
}

test.each([8, 16] as const)(
  "CMYK with %i bits comes as one picture, in the colours that its profile says",
  async (depth) => {
    const [width, height] = [16, 8];
    const tiff = await sharp(
      Buffer.from(
        Array.from({ length: width * height * 3 }, (_, at) => at % 256),
      ),
      { raw: { width, height, channels: 3 } },
    )
      .toColourspace("cmyk")
      .withIccProfile("cmyk")
      .tiff({ compression: "none" })
      .toBuffer();
    const { icc } = await sharp(tiff).metadata();
    const inks = tiff
      .subarray(firstStrip(tiff))
      .subarray(0, width * height * 4);
    const profile = new ByteWriter()
      .ascii("8BIM")
      .u16(1039)
      .zeros(2)
      .section(new ByteWriter().bytes(icc!))
      .padSince(0, 2);
    const psd = new ByteWriter().ascii("8BPS").u16(1).zeros(6);
    psd.u16(4).u32(height).u32(width).u16(depth).u16(4).u32(0);
    psd.section(profile).u32(0).u16(0);
    for (let ink = 0; ink < 4; ink++)
      for (let at = ink; at < inks.length; at += 4)
        for (let byte = 0; byte < depth / 8; byte++) psd.u8(255 - inks[at]!);

    const { document, notes, rasterOf } = await openLayeredPsd(psd.finish());
    expect(notes).toEqual([
      "It is in CMYK colours, so it came as one picture, without its layers.",
    ]);
    const [layer] = document.layers;
    if (layer?.kind !== "picture") throw new Error("no picture");
    const wanted = (await decodePicture(tiff, "print.tif")).raster;
    const { channels, samples } = rasterOf(layer.asset);
    expect([document.depth, channels]).toEqual([depth, 3]);
    const top = depth === 16 ? 65_535 : 255;
    const apart = wanted.samples.map((sample, at) =>
      Math.abs(sample - (samples[at]! / top) * 255),
    );
    expect(Math.max(...apart)).toBeLessThanOrEqual(depth === 16 ? 1 : 0);
    expect(new Set(wanted.samples).size).toBeGreaterThan(50);
  },
);

/** Where the only strip of a little-endian TIFF lies. */
function firstStrip(tiff: Buffer): number {
  const directory = tiff.readUInt32LE(4);
  for (let at = directory + 2; ; at += 12)
    if (tiff.readUInt16LE(at) === 273) {
      expect(tiff.readUInt32LE(at + 4)).toBe(1);
      return tiff.readUInt32LE(at + 8);
    }
}
