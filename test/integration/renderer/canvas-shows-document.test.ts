import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composite } from "../../../common/document/compositor.ts";
import type { AssetHash, Document } from "../../../common/document/document.ts";
import { pixelsOf } from "../../../common/document/pixels.ts";
import type { Region } from "../../../common/document/region.ts";
import { assetsOf } from "../../../common/document/tree.ts";
import type { Raster } from "../../../common/raster.ts";
import { findChromium } from "../../../electron/browser/find-chromium.ts";
import {
  goldenRaster,
  goldenScenes,
} from "../../unit/common/document/golden-scenes.ts";

const executablePath = await findChromium();
if (executablePath === null)
  console.log("Skipped: there is no Chromium to paint documents in.");

/** What the page's script leaves behind. */
declare const painting: typeof import("./paint-document.ts");

/** An asset as a browser decodes it: RGBA of 8 bits. */
function decoded(asset: AssetHash): Raster<Uint8Array> {
  const raster = goldenRaster(asset);
  const { width, height } = raster;
  const pixels = new Float32Array(4 * width * height);
  pixelsOf(raster).read({ x: 0, y: 0, width, height }, pixels, 0, 4 * width);
  const samples = Uint8Array.from(pixels, (value) => Math.round(255 * value));
  return { width, height, channels: 4, samples };
}

describe.skipIf(executablePath === null)("the page's canvas shows", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [
        fileURLToPath(new URL("paint-document.ts", import.meta.url)),
      ],
      bundle: true,
      format: "iife",
      globalName: "painting",
      write: false,
    });
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox"],
    });
    page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]!.text });
  });
  afterAll(() => browser?.close());

  async function painted(
    document: Document,
    again: Region | null = null,
  ): Promise<number[]> {
    const pictures = [...assetsOf(document)].map((asset) => {
      const { width, height, samples } = decoded(asset);
      return { asset, width, height, levels: [...samples] };
    });
    return page.evaluate(
      ([document, pictures, again]) =>
        painting.paintDocument(document, pictures, again),
      [document, pictures, again] as const,
    );
  }

  test.each([...goldenScenes.keys()])(
    "%s the same when a part is painted anew",
    async (name) => {
      const document = goldenScenes.get(name)!;
      const part = {
        x: Math.floor(document.width / 4),
        y: 1,
        width: Math.ceil(document.width / 2),
        height: Math.ceil(document.height / 2),
      };
      const whole = premultiplied(await painted(document));
      const patched = premultiplied(await painted(document, part));
      const apart = whole.filter(
        (value, i) => Math.abs(value - patched[i]!) > 1,
      );
      const share = apart.length / whole.length;
      expect(share).toBeLessThanOrEqual(exceptions[name] ?? 0);
    },
  );

  test.each([...goldenScenes.keys()])(
    "%s as the compositor does",
    async (name) => {
      const document = goldenScenes.get(name)!;
      const canvas = premultiplied(await painted(document));
      const { samples } = composite(document, decoded);
      const own = premultiplied(Array.from(samples, (value) => 255 * value));
      const apart = own.filter(
        (value, i) => Math.abs(value - canvas[i]!) > levels,
      );
      const share = apart.length / own.length;
      expect(share).toBeLessThanOrEqual(exceptions[name] ?? 0);
    },
  );
});

/** Levels of 255 that a canvas may lose by keeping every step in 8 bits, premultiplied. */
const levels = 4;

/** Shares of samples that may be farther apart, by scene. */
const exceptions: Record<string, number> = {
  // Fourteen layers, most of which stretch what the ones before have lost.
  modes: 0.02,
  // Chromium leaves upright edges between pixels hard, and softens turned ones in coarse steps.
  transforms: 0.06,
  rotated: 0.04,
};

/** Of two pictures only what shows is comparable: colour times alpha, and alpha. */
function premultiplied(pixels: readonly number[]): number[] {
  return pixels.map((value, i) =>
    i % 4 === 3 ? value : (value * pixels[i | 3]!) / 255,
  );
}
