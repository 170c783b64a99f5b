import { affineOf } from "../../../common/document/affine.ts";
import type { Transform } from "../../../common/document/document.ts";
import type { Bitmap } from "./bitmaps.ts";

/** Bitmaps made as small as they are shown, once: a slider then repaints from these, not from the whole picture. */
export class Reduced {
  readonly #copies = new WeakMap<
    Bitmap,
    { detail: number; canvas: OffscreenCanvas }
  >();

  /** @param detail pixels of the copy a pixel of the bitmap's image; at 1 the image itself comes back */
  of(bitmap: Bitmap, detail: number): ImageBitmap | OffscreenCanvas {
    if (detail >= 1) return bitmap.image;
    const known = this.#copies.get(bitmap);
    if (known?.detail === detail) return known.canvas;
    const { width, height } = bitmap.image;
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(width * detail)),
      Math.max(1, Math.round(height * detail)),
    );
    const context = canvas.getContext("2d");
    if (!context) throw new Error("The browser gave no canvas to paint on.");
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap.image, 0, 0, canvas.width, canvas.height);
    this.#copies.set(bitmap, { detail, canvas });
    return canvas;
  }
}

/**
 * How many pixels of a bitmap's image are needed for each of its own, at most 1.
 * @param scale canvas pixels a document pixel
 */
export function detailOf(
  bitmap: Bitmap,
  transform: Transform,
  scale: number,
): number {
  const { a, b, c, d } = affineOf(transform);
  const enlarged = Math.max(Math.hypot(a, b), Math.hypot(c, d));
  return Math.min(1, (scale * enlarged * bitmap.width) / bitmap.image.width);
}
