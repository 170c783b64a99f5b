import { describe, expect, test } from "vitest";
import {
  about,
  affineOf,
  composed,
  inverse,
  mapped,
  scaling,
  translation,
  turning,
} from "../../../common/document/affine.ts";
import { composite } from "../../../common/document/compositor.ts";
import type { Document, Layer } from "../../../common/document/document.ts";
import { identityTransform } from "../../../common/document/document.ts";
import {
  mapLayers,
  reframe,
  rescale,
} from "../../../common/document/geometry.ts";
import type { Operation } from "../../../common/document/operation.ts";
import { applyOperation } from "../../../common/document/operations.ts";
import { pixelsOf } from "../../../common/document/pixels.ts";
import { walkLayers } from "../../../common/document/tree.ts";
import type { Raster } from "../../../common/raster.ts";
import { decodePicture } from "../../../electron/studio/assets/decode.ts";
import { exportDocument } from "../../../electron/studio/export/export-document.ts";
import {
  DrawnPictures,
  documentOf,
  group,
  pictureLayer,
  styledLayer,
} from "../../unit/studio/drawn-document.ts";
import { openLayeredPsd } from "../../unit/studio/open-layered-psd.ts";
import { chromiumPath, paintingPage } from "./painting-page.ts";

/** Most that canvas and file may differ, in levels of 255. */
const levels = 2;
/** So near a layer's or a mask's edge, in pixels, Chromium blends in coarse steps of its own. */
const edge = 1.5;

const size = { width: 160, height: 120 };
const drawn = new DrawnPictures();
const wave = (t: number) => 0.5 + 0.45 * Math.sin(t);
const hills = drawn.draw("hills", { ...size, channels: 3 }, 8, (x, y) => [
  wave(x / 18),
  wave((x + y) / 22),
  wave(y / 14),
]);
const figure = drawn.draw(
  "figure",
  { width: 60, height: 48, channels: 3 },
  8,
  (x, y) => [wave(x / 12), wave(y / 14), 0.3],
);
const pattern = drawn.draw(
  "pattern",
  { width: 60, height: 48, channels: 3 },
  8,
  (x, y) => [wave(y / 11), wave(x / 15), wave((x - y) / 10)],
);
const veil = drawn.draw(
  "veil",
  { width: 90, height: 70, channels: 1 },
  8,
  (x, y) => [wave((x + 2 * y) / 24)],
);

const at = (x: number, y: number) => ({ ...identityTransform, x, y });
const mask = { asset: veil, x: 30, y: 24, outside: 1, enabled: true };

const figures = [
  pictureLayer("figure", figure, { transform: at(20, 30) }),
  pictureLayer("masked", figure, { transform: at(70, 40) }),
];

/*
 * Few layers lie over one another: of each that does, a canvas of 8 bits loses half a level or more to rounding, whatever
 * its transform.
 */
const scene = documentOf(
  [
    pictureLayer("hills", hills),
    group("group", figures),
    styledLayer("styled", figure, pattern, {
      transform: at(98, -12),
      mask: { ...mask, x: 84, y: -6, outside: 0 },
    }),
  ],
  { ...size, depth: 16 },
);
const cutOut = documentOf([group("group", figures, { mask })], {
  ...size,
  depth: 16,
});

const middle = { x: 80, y: 60 };
const turn =
  (...layers: string[]) =>
  (document: Document) =>
    mapLayers(document, new Set(layers), about(middle, turning(33)));

const changes: readonly [string, (document: Document) => Operation][] = [
  ["nothing yet", mapOf("figure", translation(0, 0))],
  ["a layer moved by parts of a pixel", mapOf("figure", translation(3.4, 0.3))],
  ["a layer enlarged", mapOf("figure", about(middle, scaling(1.7, 1.7)))],
  ["a layer made smaller", mapOf("masked", about(middle, scaling(0.5, 0.5)))],
  ["a layer flipped", mapOf("masked", about(middle, scaling(-1, 1)))],
  ["a turned layer", turn("figure")],
  ["a turned layer with its mask", turn("styled")],
  ["a turned group", turn("group")],
  ["a stretched group", mapOf("group", about(middle, scaling(1.4, 0.8)))],
  [
    "a crop",
    (document) => reframe(document, { x: 13, y: 9, width: 101, height: 83 }),
  ],
  [
    "a larger canvas",
    (document) => reframe(document, { x: -20, y: -7, width: 200, height: 140 }),
  ],
  [
    "a larger picture",
    (document) => rescale(document, { width: 240, height: 180 }),
  ],
  ["a smaller picture", halved],
];

/** Shears what is turned. */
function turnedThenStretched(document: Document): Document {
  const turned = apply(document, turn("group", "styled")(document));
  return apply(turned, rescale(turned, { width: 200, height: 110 }));
}

function halved(document: Document): Operation {
  return rescale(document, { width: 80, height: 60 });
}

function apply(document: Document, operation: Operation): Document {
  return applyOperation(document, operation).document;
}

function mapOf(layer: string, map: Parameters<typeof mapLayers>[2]) {
  return (document: Document) => mapLayers(document, new Set([layer]), map);
}

describe.skipIf(chromiumPath === null)("canvas and file agree on", () => {
  const paint = paintingPage(drawn.rasterOf);

  /** What the page's canvas shows, colour times alpha. */
  async function painted(document: Document): Promise<number[]> {
    return premultiplied(await paint(document));
  }

  /** What a file shows that is opened again, colour times alpha. */
  async function exported(document: Document, format: "png" | "psd") {
    const bytes = await exportDocument(document, drawn.rasterOf, { format });
    const { raster } = await decodePicture(bytes, `picture.${format}`);
    return shownBy(raster);
  }

  test.each([
    ...changes.map(([name, change]) => [name, apply(scene, change(scene))]),
    ["a turned group in a stretched picture", turnedThenStretched(scene)],
    ["a group with a mask", cutOut],
    ["a turned group with a mask", apply(cutOut, turn("group")(cutOut))],
    ["one in a smaller picture", apply(cutOut, halved(cutOut))],
    [
      "one that was turned, in a stretched picture",
      turnedThenStretched(cutOut),
    ],
  ] as [string, Document][])("%s", async (_, document) => {
    const canvas = await painted(document);
    const { inside, share } = insideOf(document);
    expect(share).toBeGreaterThan(0.6);
    for (const format of ["png", "psd"] as const) {
      const file = await exported(document, format);
      expect(file.length).toBe(canvas.length);
      expect(mostApart(canvas, file, inside)).toBeLessThanOrEqual(levels);
    }
  });

  test("the layers of a PSD, opened again", async () => {
    const document = turnedThenStretched(scene);
    const bytes = await exportDocument(document, drawn.rasterOf, {
      format: "psd",
    });
    const opened = await openLayeredPsd(bytes);
    expect(opened.document.layers.map(({ name }) => name)).toEqual([
      "hills",
      "group",
      "styled",
    ]);
    const again = shownBy(composite(opened.document, opened.rasterOf));
    const canvas = await painted(document);
    const { inside } = insideOf(document);
    expect(mostApart(canvas, again, inside)).toBeLessThanOrEqual(levels);
  });
});

/** RGBA, colour times alpha, 0..255. */
function shownBy(raster: Raster): number[] {
  const { width, height } = raster;
  const pixels = new Float32Array(4 * width * height);
  pixelsOf(raster).read({ x: 0, y: 0, width, height }, pixels, 0, 4 * width);
  return premultiplied(Array.from(pixels, (value) => 255 * value));
}

function premultiplied(pixels: readonly number[]): number[] {
  return pixels.map((value, i) =>
    i % 4 === 3 ? value : (value * pixels[i | 3]!) / 255,
  );
}

/** The pixels that no edge of a layer or of a mask comes near, and which share of all they are. */
function insideOf(document: Document): { inside: boolean[]; share: number } {
  const outlines = [...walkLayers(document.layers)].flatMap(({ layer }) =>
    outlinesOf(layer),
  );
  const inside: boolean[] = [];
  for (let y = 0; y < document.height; y++)
    for (let x = 0; x < document.width; x++) {
      const centre = { x: x + 0.5, y: y + 0.5 };
      inside.push(outlines.every((isNear) => !isNear(centre)));
    }
  const share = inside.filter(Boolean).length / inside.length;
  return { inside, share };
}

type IsNear = (point: { x: number; y: number }) => boolean;

function outlinesOf(layer: Layer): IsNear[] {
  const outlines: IsNear[] = [];
  if (layer.mask?.asset) {
    const { x, y, transform = identityTransform, asset } = layer.mask;
    const map = composed(affineOf(transform), translation(x, y));
    outlines.push(outline(map, drawn.rasterOf(asset)));
  }
  if (layer.kind !== "group") {
    const asset = layer.kind === "picture" ? layer.asset : layer.source;
    outlines.push(outline(affineOf(layer.transform), drawn.rasterOf(asset)));
  }
  return outlines;
}

function outline(
  map: ReturnType<typeof affineOf>,
  { width, height }: Raster,
): IsNear {
  const back = inverse(map);
  // Pixels of the picture to one of the document's, straight across its edges.
  const across = Math.hypot(back.a, back.c);
  const down = Math.hypot(back.b, back.d);
  return (point) => {
    const own = mapped(back, point);
    const left = Math.min(Math.abs(own.x), Math.abs(own.x - width)) / across;
    const top = Math.min(Math.abs(own.y), Math.abs(own.y - height)) / down;
    const isBeside =
      own.x > -edge * across &&
      own.y > -edge * down &&
      own.x < width + edge * across &&
      own.y < height + edge * down;
    return isBeside && Math.min(left, top) < edge;
  };
}

/** In whole levels of 255: a canvas has no others. */
function mostApart(
  one: readonly number[],
  other: readonly number[],
  inside: readonly boolean[],
): number {
  let most = 0;
  for (let i = 0; i < one.length; i++)
    if (inside[i >> 2])
      most = Math.max(
        most,
        Math.abs(Math.round(one[i]!) - Math.round(other[i]!)),
      );
  return most;
}
