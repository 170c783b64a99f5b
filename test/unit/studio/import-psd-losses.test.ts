import { initializeCanvas, type Psd, writePsdUint8Array } from "ag-psd";
import { describe, expect, test } from "vitest";
import {
  filled,
  forgePsd,
  plainChannels,
  sectionDivider,
} from "./forged-psd.ts";
import { openLayeredPsd, outline, shownAt } from "./open-layered-psd.ts";

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

const box = [0, 0, 4, 4] as const;
const pixels = 16;
const red = [255, 0, 0, 255] as const;
const blue = [0, 0, 255, 255] as const;

describe("what a document has no word for", () => {
  const picture = (...colour: number[]) => ({
    width: 4,
    height: 4,
    data: Uint8ClampedArray.from({ length: 64 }, (_, at) => colour[at % 4]!),
  });
  const own = { left: 0, top: 0, right: 4, bottom: 4 };
  const written = (psd: Partial<Psd>) =>
    openLayeredPsd(
      writePsdUint8Array({
        width: 4,
        height: 4,
        imageData: picture(255, 0, 0, 255),
        ...psd,
      }),
    );

  test("adjustment layers are left out, and how it looked is kept, hidden", async () => {
    const opened = await written({
      imageData: picture(0, 255, 255, 255),
      children: [
        { name: "paper", imageData: picture(255, 0, 0, 255), ...own },
        { name: "Invert 1", adjustment: { type: "invert" } },
        { name: "Invert 2", adjustment: { type: "invert" }, hidden: true },
      ],
    });
    expect(outline(opened.document.layers)).toBe("paper As it looked");
    expect(opened.notes).toEqual([
      "2 adjustment layers were left out: “Invert 1” and “Invert 2”.",
      "It looks different here; the hidden layer “As it looked” shows what it was.",
    ]);
    const asItLooked = opened.document.layers[1]!;
    expect(asItLooked.visible).toBe(false);
    asItLooked.visible = true;
    expect(shownAt(opened, 1, 1)).toEqual([0, 255, 255, 255]);
  });

  test("effects are left out", async () => {
    const { notes, document } = await written({
      children: [
        {
          name: "paper",
          imageData: picture(255, 0, 0, 255),
          ...own,
          effects: {
            solidFill: [
              {
                enabled: true,
                opacity: 1,
                blendMode: "normal",
                color: { r: 255, g: 0, b: 0 },
              },
            ],
          },
        },
      ],
    });
    expect(notes).toEqual(["The effects of 1 layer were left out: “paper”."]);
    expect(outline(document.layers)).toBe("paper");
  });

  test("a fill of one colour fills the document", async () => {
    const opened = await written({
      imageData: picture(10, 20, 30, 255),
      children: [
        {
          name: "Color Fill 1",
          vectorFill: { type: "color", color: { r: 10, g: 20, b: 30 } },
        },
      ],
    });
    expect(opened.notes).toEqual([]);
    for (const [x, y] of [
      [0, 0],
      [3, 3],
      [2, 1],
    ] as const)
      expect(shownAt(opened, x, y)).toEqual([10, 20, 30, 255]);
  });

  test("a gradient without pixels is left out, and nothing else is there", async () => {
    const opened = await written({
      children: [
        {
          name: "Gradient Fill 1",
          vectorFill: {
            type: "solid",
            name: "",
            colorStops: [],
            opacityStops: [],
          },
        },
      ],
    });
    expect(outline(opened.document.layers)).toBe("drawing");
    expect(opened.notes).toEqual([
      "1 fill layer without pixels was left out: “Gradient Fill 1”.",
    ]);
    expect(shownAt(opened, 1, 1)).toEqual([255, 0, 0, 255]);
  });
});

describe("clipping masks", () => {
  const half = { box: [0, 0, 2, 4] as const, name: "base" };
  const base = { ...half, channels: plainChannels(8, [255, 0, 0, 128]) };
  const over = {
    name: "over",
    box,
    clipped: true,
    channels: plainChannels(pixels, blue),
  };

  test("become groups in the shape of their base", async () => {
    const paper = {
      name: "paper",
      box,
      channels: plainChannels(pixels, [255, 255, 255, 255]),
    };
    const opened = await openLayeredPsd(
      forgePsd(4, 4, [
        paper,
        { ...base, opacity: 0.5 },
        { ...over, opacity: 0.4 },
      ]),
    );
    expect(outline(opened.document.layers)).toBe(
      "paper base(base over) As it looked",
    );
    expect(opened.notes[0]).toBe(
      "1 clipping mask became a group in the shape of its lowest layer: “base”.",
    );
    // Blue at 40 % over red, at 50 % of half-transparent pixels over white.
    const share = (128 / 255) * (128 / 255);
    const wanted = [153, 0, 102].map((sample) =>
      Math.round(255 + (sample - 255) * share),
    );
    expect(shownAt(opened, 1, 1)).toEqual([...wanted, 255]);
    expect(shownAt(opened, 3, 1)).toEqual([255, 255, 255, 255]);
  });

  test("heed the mask of their base", async () => {
    const mask = { box: [0, 0, 4, 2] as const, outside: 255 };
    const channels = [...base.channels, { id: -2, data: filled(8, 0) }];
    const opened = await openLayeredPsd(
      forgePsd(4, 4, [{ ...base, mask, channels }, over]),
    );
    expect(shownAt(opened, 1, 1)[3]).toBe(0);
    expect(shownAt(opened, 1, 3)).toEqual([0, 0, 255, 128]);
  });

  test("on a group come undone, with a word about it", async () => {
    const { notes, document } = await openLayeredPsd(
      forgePsd(4, 4, [
        { name: "end", blocks: sectionDivider("divider") },
        { name: "inside", box, channels: plainChannels(pixels, red) },
        { name: "group", blocks: sectionDivider("folder") },
        over,
      ]),
    );
    expect(outline(document.layers)).toMatch(/^group\(inside\) over/);
    expect(notes).toContain(
      "1 layer is no longer clipped to what lies below it: “over”.",
    );
  });

  test("without a base, or on a base without pixels, show what there is", async () => {
    const alone = await openLayeredPsd(forgePsd(4, 4, [over]));
    expect(shownAt(alone, 3, 3)).toEqual(blue);
    const bare = await openLayeredPsd(forgePsd(4, 4, [{ name: "bare" }, over]));
    expect(shownAt(bare, 0, 0)[3]).toBe(0);
  });
});

test("Fill counts as opacity, and a mask's density as its strength", async () => {
  const opened = await openLayeredPsd(
    forgePsd(4, 4, [
      {
        name: "thin",
        box,
        channels: [
          ...plainChannels(pixels, red),
          { id: -2, data: filled(4, 0) },
        ],
        mask: { box: [0, 0, 2, 2], outside: 255, density: 51 },
        blocks: { iOpa: Uint8Array.of(51, 0, 0, 0) },
      },
    ]),
  );
  expect(opened.notes[0]).toBe("Fill became opacity in 1 layer: “thin”.");
  expect(shownAt(opened, 3, 3)).toEqual([255, 0, 0, 51]);
  expect(shownAt(opened, 0, 0)).toEqual([255, 0, 0, Math.round(51 * 0.8)]);
});

test("a layer without pixels keeps its place", async () => {
  const opened = await openLayeredPsd(
    forgePsd(4, 4, [
      { name: "paper", box, channels: plainChannels(pixels, red) },
      { name: "sketch" },
    ]),
  );
  expect(outline(opened.document.layers)).toMatch(/^paper sketch/);
  expect(shownAt(opened, 0, 0)).toEqual(red);
});
