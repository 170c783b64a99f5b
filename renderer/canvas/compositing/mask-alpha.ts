import { intersect, type Region } from "../../../common/document/region.ts";
import type { Raster } from "../../../common/raster.ts";

/** A mask's grey as alpha, for canvas 2D to cut with. */
export function maskAlpha(raster: Raster<Uint8Array>): OffscreenCanvas {
  const { width, height } = raster;
  const canvas = new OffscreenCanvas(width, height);
  refreshAlpha(canvas, raster, { x: 0, y: 0, width, height });
  return canvas;
}

/** Brings a part of such a canvas up to date. @param part in the mask's own pixels */
export function refreshAlpha(
  canvas: OffscreenCanvas,
  { width, height, samples }: Raster<Uint8Array>,
  part: Region,
): void {
  const region = intersect(part, { x: 0, y: 0, width, height });
  if (region === null) return;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to paint on.");
  const pixels = new ImageData(region.width, region.height);
  const words = new Uint32Array(pixels.data.buffer);
  let to = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    const from = y * width + region.x;
    for (let column = 0; column < region.width; column++)
      words[to++] = samples[from + column]! << 24;
  }
  context.putImageData(pixels, region.x, region.y);
}
