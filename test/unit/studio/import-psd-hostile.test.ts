import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  filled,
  forgePsd,
  plainChannels,
  sectionDivider,
} from "./forged-psd.ts";
import { openLayeredPsd, outline, shownAt } from "./open-layered-psd.ts";

const box = [0, 0, 4, 4] as const;
const pixels = 16;
const red = [255, 0, 0, 255] as const;
const blue = [0, 0, 255, 255] as const;

describe("hostile and damaged files", () => {
  const paper = { name: "paper", box, channels: plainChannels(pixels, red) };
  const grey = [128, 128, 128, 255];

  async function refusesLayers(
    layers: Parameters<typeof forgePsd>[2],
    why: string,
  ): Promise<void> {
    const opened = await openLayeredPsd(forgePsd(4, 4, layers));
    expect(opened.notes).toEqual([`Its layers could not be read: ${why}.`]);
    expect(outline(opened.document.layers)).toBe("drawing");
    expect(shownAt(opened, 1, 1)).toEqual(grey);
  }

  test("one damaged layer is left out, the rest goes on", async () => {
    const short = plainChannels(pixels, blue).with(1, {
      id: 1,
      data: filled(5, 0),
    });
    const noZip = plainChannels(pixels, blue).with(0, {
      id: 0,
      compression: 2,
      data: filled(9, 7),
    });
    const rows = plainChannels(pixels, blue).with(0, {
      id: 0,
      compression: 1,
      data: filled(20, 255),
    });
    const { document, notes } = await openLayeredPsd(
      forgePsd(4, 4, [
        paper,
        { name: "short", box, channels: short },
        { name: "no zip", box, channels: noZip },
        { name: "rows", box, channels: rows },
      ]),
    );
    expect(outline(document.layers)).toBe("paper As it looked");
    expect(notes[0]).toBe(
      "3 layers are damaged and were left out: “short”, “no zip” and “rows”.",
    );
  });

  test("a channel that unpacks to more than its layer has is damaged", async () => {
    const bomb = deflateSync(new Uint8Array(2 ** 26));
    const channels = plainChannels(pixels, blue).with(2, {
      id: 2,
      compression: 2,
      data: bomb,
    });
    const { notes } = await openLayeredPsd(
      forgePsd(4, 4, [paper, { name: "bomb", box, channels }]),
    );
    expect(notes[0]).toBe("1 layer is damaged and was left out: “bomb”.");
  });

  test("a layer larger than a canvas is refused before it is unpacked", () =>
    refusesLayers(
      [paper, { name: "vast", box: [0, 0, 30_000, 30_000] }],
      "the layer “vast” is too large: 30000 × 30000 pixels",
    ));

  test("layers that together are too large are refused", () =>
    refusesLayers(
      Array.from({ length: 20 }, (_, at) => ({
        name: `${at}`,
        box: [0, 0, 16_000, 16_000] as const,
      })),
      "together they have too many pixels",
    ));

  test("groups in groups beyond measure are refused", () => {
    const ends = (kind: "folder" | "divider") =>
      Array.from({ length: 6000 }, () => ({
        name: kind,
        blocks: sectionDivider(kind),
      }));
    return refusesLayers(
      [...ends("divider"), paper, ...ends("folder")],
      "groups are nested more than 32 deep",
    );
  });

  test("layers beyond number are refused", () =>
    refusesLayers(
      Array.from({ length: 10_001 }, () => ({ name: "" })),
      "there are more than 10000 of them",
    ));

  test("a file that ends within its layers is refused by name", async () => {
    const whole = forgePsd(4, 4, [paper]);
    await expect(
      openLayeredPsd(whole.subarray(0, 120), "torn.psd"),
    ).rejects.toMatchObject({
      code: "damaged",
      subject: "torn.psd",
      message: expect.stringContaining("torn.psd is damaged"),
    });
  });

  test.each([
    ["multichannel colours", 25, 7],
    ["Lab colours", 25, 9],
    ["32 bits a channel", 23, 32],
  ])("%s are refused by name", async (what, at, value) => {
    const psd = forgePsd(4, 4, [paper]);
    psd[at] = value;
    await expect(openLayeredPsd(psd, "print.psd")).rejects.toMatchObject({
      code: "unsupported",
      message: `print.psd is a PSD with ${what}, which Fude does not read`,
    });
  });

  test("a size beyond a canvas's is refused by name", async () => {
    const psd = forgePsd(4, 4, [paper]);
    new DataView(psd.buffer, psd.byteOffset).setUint32(18, 200_000);
    await expect(openLayeredPsd(psd, "wall.psd")).rejects.toMatchObject({
      code: "too-large",
      subject: "wall.psd",
    });
  });
});
