import type { Document } from "../../../common/document/document.ts";
import type { Bitmap } from "../../../renderer/canvas/compositing/bitmaps.ts";
import { Painter } from "../../../renderer/canvas/compositing/painter.ts";
import { compositingPlan } from "../../../renderer/canvas/compositing/plan.ts";

/** An asset: RGBA, straight, 0..255. */
export interface Picture {
  readonly asset: string;
  readonly width: number;
  readonly height: number;
  readonly levels: readonly number[];
}

/**
 * Runs inside a page: paints a document as the page's canvas does, a canvas pixel to a document's.
 * @returns RGBA, straight, 0..255
 */
export async function paintDocument(
  document: Document,
  pictures: readonly Picture[],
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
  const painter = new Painter((asset) => bitmaps.get(asset));
  painter.paint(canvas, compositingPlan(document.layers), document, 1);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("There is no canvas to read.");
  return [...context.getImageData(0, 0, width, height).data];
}
