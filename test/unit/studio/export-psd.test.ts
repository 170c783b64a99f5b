import WebtoonPsd from "@webtoon/psd";
import {
  type Layer as AgLayer,
  initializeCanvas,
  type Psd,
  readPsd,
} from "ag-psd";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { blendModes } from "../../../common/document/blend-mode.ts";
import { composite } from "../../../common/document/compositor.ts";
import type { Document } from "../../../common/document/document.ts";
import { decodePicture } from "../../../electron/studio/assets/decode.ts";
import {
  psdProfile,
  psdSections,
} from "../../../electron/studio/assets/psd-sections.ts";
import { exportDocument } from "../../../electron/studio/export/export-document.ts";
import { blendKeys } from "../../../electron/studio/export/psd/blend-keys.ts";
import {
  DrawnPictures,
  documentOf,
  group,
  pictureLayer,
  styledLayer,
} from "./drawn-document.ts";

// ag-psd was made for the browser and asks a canvas for its buffers.
initializeCanvas(
  () => {
    throw new Error("There is no canvas here");
  },
  (width, height) => ({
    width,
    height,
    colorSpace: "srgb",
    data: new Uint8ClampedArray(width * height * 4),
  }),
);

const size = { width: 48, height: 32 } as const;

function pictures(depth: 8 | 16) {
  const drawn = new DrawnPictures();
  return {
    rasterOf: drawn.rasterOf,
    sunset: drawn.draw("sunset", { ...size, channels: 3 }, depth, (x, y) => [
      x / 47,
      y / 31,
      0.5 + 0.4 * Math.sin(x / 3),
    ]),
    inked: drawn.draw("inked", { ...size, channels: 3 }, depth, (x, y) => [
      (x ^ y) % 2,
      y / 31,
      1 - x / 47,
    ]),
    glass: drawn.draw(
      "glass",
      { width: 20, height: 20, channels: 4 },
      depth,
      (x, y) => [x / 19, 0.2, 0.8, y / 19],
    ),
    fade: drawn.draw(
      "fade",
      { width: 30, height: 16, channels: 1 },
      depth,
      (x) => [x / 29],
    ),
  };
}
type Pictures = ReturnType<typeof pictures>;

function read(bytes: Uint8Array): Psd {
  // A copy, for it swaps the bytes of 16-bit samples where they lie.
  return readPsd(bytes.slice(), { useImageData: true, useRawThumbnail: true });
}

function everyLayer(layers: readonly AgLayer[] = []): AgLayer[] {
  return layers.flatMap((layer) => [layer, ...everyLayer(layer.children)]);
}

/** A document with something of everything. */
function rich(
  { sunset, inked, glass, fade }: Pictures,
  depth: 8 | 16,
): Document {
  const mask = { asset: fade, x: 5, y: 4, outside: 0, enabled: true };
  return documentOf(
    [
      pictureLayer("Hintergrund 夕焼け 🌇", sunset),
      group(
        "hokusai",
        [
          pictureLayer("glass", glass, {
            transform: { x: 30, y: -5, scaleX: 1, scaleY: 1, rotation: 0 },
            blendMode: "multiply",
            locked: true,
          }),
          styledLayer("inked", sunset, inked, {
            opacity: 0.6,
            mask: { asset: null, x: 0, y: 0, outside: 1, enabled: true },
            blendMode: "screen",
          }),
        ],
        { blendMode: "passThrough", opacity: 0.8, mask },
      ),
      group(
        "isolated",
        [
          pictureLayer("hidden", glass, { visible: false }),
          pictureLayer("soft", glass, { blendMode: "softLight" }),
        ],
        { blendMode: "overlay", mask: { ...mask, enabled: false } },
      ),
    ],
    { depth },
  );
}

/** Largest difference of two pictures of one size, in 1/255. */
function difference(
  a: ArrayLike<number>,
  topOfA: number,
  b: ArrayLike<number>,
): number {
  let largest = 0;
  expect(a.length).toBe(b.length);
  for (let index = 0; index < a.length; index++)
    largest = Math.max(largest, Math.abs(a[index]! / topOfA - b[index]!) * 255);
  return largest;
}

describe.each([8, 16] as const)("a PSD with %i bits", (depth) => {
  const drawn = pictures(depth);
  const document = rich(drawn, depth);
  const bytes = exportDocument(document, drawn.rasterOf, { format: "psd" });

  test("holds every layer as ag-psd sees it", async () => {
    const psd = read(await bytes);
    expect([psd.width, psd.height, psd.bitsPerChannel]).toEqual([
      48,
      32,
      depth,
    ]);
    expect(psd.children?.map((layer) => layer.name)).toEqual([
      "Hintergrund 夕焼け 🌇",
      "hokusai",
      "isolated",
    ]);
    const [, through, isolated] = psd.children!;
    expect(through).toMatchObject({
      blendMode: "pass through",
      opened: true,
      mask: { left: 5, top: 4, right: 35, bottom: 20, defaultColor: 0 },
    });
    expect(through!.opacity).toBeCloseTo(0.8, 2);
    expect(isolated).toMatchObject({
      blendMode: "overlay",
      mask: { disabled: true },
    });
    const [glass, inked] = through!.children!;
    expect(glass).toMatchObject({
      name: "glass",
      left: 30,
      top: -5,
      right: 50,
      bottom: 15,
      blendMode: "multiply",
      hidden: false,
    });
    expect(glass!.protected?.position).toBe(true);
    expect(inked).toMatchObject({ name: "inked", blendMode: "screen" });
    expect(inked!.opacity).toBeCloseTo(0.6, 2);
    expect(isolated!.children).toMatchObject([
      { name: "hidden", hidden: true },
      { name: "soft", hidden: false, blendMode: "soft light" },
    ]);
  });

  test("keeps an all-white mask as a mask", async () => {
    const inked = everyLayer(read(await bytes).children).find(
      (layer) => layer.name === "inked",
    );
    expect(inked!.mask).toMatchObject({ left: 0, top: 0, defaultColor: 255 });
    const { data, width, height } = inked!.mask!.imageData!;
    expect([width, height]).toEqual([48, 32]);
    const white = depth === 16 ? 65_535 : 255;
    expect(new Set(data.filter((_, at) => at % 4 === 0))).toEqual(
      new Set([white]),
    );
  });

  test("keeps each layer's pixels and its mask's", async () => {
    const layers = everyLayer(read(await bytes).children);
    const top = depth === 16 ? 65_535 : 255;
    const { samples } = drawn.rasterOf(drawn.glass);
    const glass = layers.find((layer) => layer.name === "glass")!;
    // Where a pixel is clear its colour is nobody's.
    const seen = (data: ArrayLike<number>) =>
      Array.from(data).filter(
        (_, at) => at % 4 === 3 || data[at - (at % 4) + 3] !== 0,
      );
    expect(seen(glass.imageData!.data)).toEqual(seen(samples));
    const mask = layers.find((layer) => layer.name === "hokusai")!.mask!;
    const row = Array.from({ length: 30 }, (_, x) =>
      Math.round((x / 29) * top),
    );
    expect(
      Array.from(mask.imageData!.data.slice(0, 120)).filter(
        (_, at) => at % 4 === 0,
      ),
    ).toEqual(row);
  });

  test("has a merged picture that looks like the canvas", async () => {
    const ours = composite(document, drawn.rasterOf);
    const { raster, format } = await decodePicture(await bytes, "rich.psd");
    const top = depth === 16 ? 65_535 : 255;
    expect([format, raster.channels]).toEqual(["psd", 3]);
    const opaque = ours.samples.filter((_, at) => at % 4 < 3);
    expect(difference(raster.samples, top, opaque)).toBeLessThanOrEqual(0.51);
    if (depth === 16) return; // ag-psd reads packed 16-bit pictures wrongly.
    const { data } = read(await bytes).imageData!;
    expect(difference(data, top, ours.samples)).toBeLessThanOrEqual(0.51);
  });

  test("has a merged picture that shines through where the canvas does", async () => {
    const clear = documentOf(document.layers.slice(1), { depth });
    const ours = composite(clear, drawn.rasterOf);
    const file = await exportDocument(clear, drawn.rasterOf, { format: "psd" });
    const { raster } = await decodePicture(file, "clear.psd");
    const top = depth === 16 ? 65_535 : 255;
    const flat = (samples: ArrayLike<number>, scale: number) =>
      Array.from(samples, (sample, at) => {
        const alpha = samples[at - (at % 4) + 3]! / scale;
        return at % 4 === 3 ? alpha : (sample / scale) * alpha;
      });
    expect(raster.channels).toBe(4);
    // Colour laid on white, transparency, and colour taken off the white are rounded one after the other.
    expect(
      difference(flat(raster.samples, top), 1, flat(ours.samples, 1)),
    ).toBeLessThanOrEqual(2);
  });

  test("carries the sRGB profile, a thumbnail and the resolution", async () => {
    const profile = psdProfile(psdSections(await bytes));
    expect(Buffer.from(profile!).toString("latin1", 36, 40)).toBe("acsp");
    const { imageResources } = read(await bytes);
    expect(imageResources?.resolutionInfo?.horizontalResolution).toBe(72);
    const { thumbnailRaw } = imageResources!;
    expect([thumbnailRaw!.width, thumbnailRaw!.height]).toEqual([48, 32]);
    expect(await sharp(thumbnailRaw!.data).metadata()).toMatchObject({
      format: "jpeg",
      width: 48,
      height: 32,
    });
  });

  test("reads the same in @webtoon/psd", async () => {
    const file = await bytes;
    const psd = WebtoonPsd.parse(new Uint8Array(file).buffer);
    expect([psd.width, psd.height, psd.depth]).toEqual([48, 32, depth]);
    // It does not look for the layers of 16-bit files, which are in another place.
    if (depth === 16) return;
    const named = new Map(psd.layers.map((layer) => [layer.name, layer]));
    expect([...named.keys()].sort()).toEqual(
      ["Hintergrund 夕焼け 🌇", "glass", "hidden", "inked", "soft"].sort(),
    );
    expect(named.get("inked")!.opacity).toBe(153);
    expect(named.get("inked")!.isHidden).toBe(false);
    expect(named.get("hidden")!.isHidden).toBe(true);
    expect(await named.get("inked")!.userMask()).toBeDefined();
  });
});

test("every blend mode keeps its key", async () => {
  const drawn = pictures(8);
  const document = documentOf(
    blendModes.map((blendMode) =>
      pictureLayer(blendMode, drawn.glass, { blendMode }),
    ),
  );
  const bytes = await exportDocument(document, drawn.rasterOf, {
    format: "psd",
  });
  const names: Record<string, string> = {
    linearDodge: "linear dodge",
    linearBurn: "linear burn",
  };
  for (const layer of read(bytes).children!)
    expect(layer.blendMode).toBe(
      names[layer.name!] ??
        layer.name!.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    );
  expect(new Set(Object.values(blendKeys)).size).toBe(blendModes.length + 1);
});

describe("strength", () => {
  const drawn = pictures(8);
  const half = (change = {}) =>
    styledLayer("inked", drawn.sunset, drawn.inked, {
      strength: 0.4,
      opacity: 0.5,
      colourKeeping: 0.3,
      ...change,
    });
  const exported = async (document: Document) =>
    read(await exportDocument(document, drawn.rasterOf, { format: "psd" }));

  test("is opacity where the layer lies on its source", async () => {
    const psd = await exported(
      documentOf([pictureLayer("photo", drawn.sunset), half()]),
    );
    expect(psd.children).toMatchObject([{ name: "photo" }, { name: "inked" }]);
    expect(psd.children![1]!.opacity).toBeCloseTo(0.2, 2);
  });

  test("becomes a group of source and result elsewhere", async () => {
    const psd = await exported(
      documentOf([
        pictureLayer("other", drawn.inked),
        half({ blendMode: "multiply" }),
      ]),
    );
    const parts = psd.children![1]!;
    expect(parts).toMatchObject({ name: "inked", blendMode: "multiply" });
    expect(parts.opacity).toBeCloseTo(0.5, 2);
    expect(parts.children).toMatchObject([
      { name: "inked (original)", opacity: 1, blendMode: "normal" },
      { name: "inked", blendMode: "normal" },
    ]);
    expect(parts.children![1]!.opacity).toBeCloseTo(0.4, 2);
  });

  test("is in the pixels where they are half-transparent", async () => {
    const psd = await exported(
      documentOf([
        styledLayer("veil", drawn.glass, drawn.glass, { strength: 0.5 }),
      ]),
    );
    expect(psd.children).toMatchObject([{ name: "veil", opacity: 1 }]);
    expect(psd.children![0]!.children).toBeUndefined();
  });
});

test("a document with nothing in it is a clear PSD", async () => {
  const bytes = await exportDocument(
    documentOf([]),
    () => {
      throw new Error("nothing to ask for");
    },
    { format: "psd" },
  );
  const psd = read(bytes);
  expect(psd.children ?? []).toEqual([]);
  expect(
    psd.imageData!.data.every((sample, at) => at % 4 < 3 || sample === 0),
  ).toBe(true);
});

test("what is longer than PSD allows becomes a PSB", async () => {
  const drawn = new DrawnPictures();
  const long = drawn.draw(
    "long",
    { width: 30_001, height: 2, channels: 3 },
    8,
    (x) => [(x % 256) / 255, 0.5, 0],
  );
  const document = documentOf([pictureLayer("long", long)], {
    width: 30_001,
    height: 2,
  });
  const bytes = await exportDocument(document, drawn.rasterOf, {
    format: "psd",
  });
  expect(bytes[5]).toBe(2);
  const psd = read(bytes);
  expect(psd.width).toBe(30_001);
  expect([...psd.children![0]!.imageData!.data.slice(400, 404)]).toEqual([
    100, 128, 0, 255,
  ]);
  expect([...psd.imageData!.data.slice(400, 404)]).toEqual([100, 128, 0, 255]);
});
