import type { Document } from "../../../common/document/document.ts";
import type { Region } from "../../../common/document/region.ts";
import type { Raster } from "../../../common/raster.ts";
import type { Bitmap } from "../../../renderer/canvas/compositing/bitmaps.ts";
import { greyRaster } from "../../../renderer/canvas/compositing/grey-raster.ts";
import { Painter } from "../../../renderer/canvas/compositing/painter.ts";
import { compositingPlan } from "../../../renderer/canvas/compositing/plan.ts";

/** An asset: RGBA, straight, 0..255. */
export interface Picture {
  readonly asset: string;
  readonly width: number;
  readonly height: number;
  readonly levels: readonly number[];
}

function greyOf({ width, height, levels }: Picture): Raster<Uint8Array> {
  const pixels = new ImageData(width, height);
  pixels.data.set(levels);
  return greyRaster(pixels);
}

/**
 * Runs inside a page: paints a document as the page's canvas does, a canvas pixel to a document's.
 * @param again a part that is then cleared and painted by itself
 * @returns RGBA, straight, 0..255
 */
export async function paintDocument(
  document: Document,
  pictures: readonly Picture[],
  again: Region | null = null,
): Promise<number[]> {
  const bitmaps = new Map<string, Bitmap>();
  for (const { asset, width, height, levels } of pictures) {
    const pixels = new ImageData(width, height);
    pixels.data.set(levels);
    const image = await createImageBitmap(pixels);
    const opaque = levels.every((level, i) => i % 4 < 3 || level === 255);
    bitmaps.set(asset, { image, width, height, opaque });
  }
  const canvas = new OffscreenCanvas(1, 1);
  const masks = new Map(
    pictures.map((picture) => [picture.asset, greyOf(picture)]),
  );
  const painter = new Painter({
    bitmapOf: (asset) => bitmaps.get(asset),
    maskOf: (asset) => masks.get(asset),
  });
  const steps = compositingPlan(document.layers);
  painter.paint(canvas, steps, document, 1);
  if (again) {
    const context = canvas.getContext("2d");
    context?.clearRect(again.x, again.y, again.width, again.height);
    painter.repaint(canvas, steps, 1, again);
  }
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("There is no canvas to read.");
  return [...context.getImageData(0, 0, width, height).data];
}
