import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { AssetHash, Document } from "../../../common/document/document.ts";
import { pixelsOf } from "../../../common/document/pixels.ts";
import type { Region } from "../../../common/document/region.ts";
import { assetsOf } from "../../../common/document/tree.ts";
import type { Raster } from "../../../common/raster.ts";
import { findChromium } from "../../../electron/browser/find-chromium.ts";

/** Path of the Chromium that documents are painted in, or null. */
export const chromiumPath = await findChromium();
if (chromiumPath === null)
  console.log("Skipped: there is no Chromium to paint documents in.");

/** What the page's script leaves behind. */
declare const painting: typeof import("./paint-document.ts");

/** A picture as a browser decodes it: RGBA of 8 bits. */
export function decoded(raster: Raster): Raster<Uint8Array> {
  const { width, height } = raster;
  const pixels = new Float32Array(4 * width * height);
  pixelsOf(raster).read({ x: 0, y: 0, width, height }, pixels, 0, 4 * width);
  const samples = Uint8Array.from(pixels, (value) => Math.round(255 * value));
  return { width, height, channels: 4, samples };
}

/**
 * Registers what a suite needs to paint documents as the page's canvas does.
 * @returns paints a document, and a part of it once more where one is given; RGBA, straight, 0..255
 */
export function paintingPage(
  rasterOf: (asset: AssetHash) => Raster,
): (document: Document, again?: Region | null) => Promise<number[]> {
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
      executablePath: chromiumPath ?? "",
      args: ["--no-sandbox"],
    });
    page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]!.text });
  });
  afterAll(() => browser?.close());
  return (document, again = null) => {
    const pictures = [...assetsOf(document)].map((asset) => {
      const { width, height, samples } = decoded(rasterOf(asset));
      return { asset, width, height, levels: [...samples] };
    });
    return page.evaluate(
      ([document, pictures, again]) =>
        painting.paintDocument(document, pictures, again),
      [document, pictures, again] as const,
    );
  };
}
