import type { Layer } from "../../../common/document/document.ts";
import type { Failure } from "../../../common/failure.ts";
import type { Raster } from "../../../common/raster.ts";
import type { Host } from "../../host/host.ts";
import type { MaskPictures } from "../../state/mask-pictures.ts";
import type { Size } from "../view.ts";
import { type Bitmap, Bitmaps, longestShown } from "./bitmaps.ts";
import { Painter } from "./painter.ts";
import { assetsOfPlan, compositingPlan } from "./plan.ts";

interface Pictures {
  readonly host: Host;
  readonly masks: MaskPictures;
}

/** What was looked at last: a wand is rarely used once. */
let last: { key: string; pixels: Raster<Uint8Array> } | null = null;

/**
 * The pixels of a document as its layers show it, painted for the purpose: what is on the screen is never read.
 * @returns RGBA, a pixel for each of the document's
 * @throws Failure where a picture cannot be had
 */
export async function documentPixels(
  { host, masks }: Pictures,
  { width, height }: Size,
  layers: readonly Layer[],
): Promise<Raster<Uint8Array>> {
  const steps = compositingPlan(layers);
  const key = JSON.stringify([steps, width, height]);
  if (last?.key === key) return last.pixels;
  const needed = assetsOfPlan(steps);
  const { promise: failed, reject } = Promise.withResolvers<never>();
  let wake = () => {};
  const onFailed = (failure: Failure) => reject(failure);
  const bitmaps = new Bitmaps(host, { onLoaded: () => wake(), onFailed });
  const stop = masks.listen({ onChanged: () => wake(), onFailed });
  const sources = {
    bitmapOf: (hash: string) => bitmaps.get(hash),
    maskOf: (hash: string) => masks.get(hash),
  };
  try {
    for (;;) {
      const loaded = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const all =
        [...needed.pictures].every((hash) => isWhole(bitmaps.get(hash))) &&
        [...needed.masks].every(sources.maskOf);
      if (all) break;
      await Promise.race([loaded, failed]);
    }
    const canvas = new OffscreenCanvas(1, 1);
    new Painter(sources).paint(canvas, steps, { width, height }, 1);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("The browser gave no canvas to read.");
    const { data } = context.getImageData(0, 0, width, height);
    const samples = new Uint8Array(data.buffer);
    last = { key, pixels: { width, height, channels: 4, samples } };
    return last.pixels;
  } finally {
    stop();
    bitmaps.dispose();
  }
}

/** Of a huge picture a small copy comes first, which is no use here. */
function isWhole(bitmap: Bitmap | undefined): boolean {
  if (!bitmap) return false;
  const { image, width, height } = bitmap;
  const wanted = Math.min(longestShown, Math.max(width, height));
  return Math.max(image.width, image.height) >= wanted;
}
