import { blendInto } from "../../../common/document/blend.ts";
import type { BlendMode } from "../../../common/document/blend-mode.ts";
import type { Point } from "../view.ts";

/** Rows done at a time: keeps the float copies small. */
const rows = 64;

/**
 * Lays one canvas over another of the same size with a blend mode that canvas 2D lacks, by the document's own maths.
 * @param opacity 0 to 1
 * @param origin where the canvases' corner lies in the document's, in canvas pixels
 */
export function blendCanvas(
  backdrop: OffscreenCanvasRenderingContext2D,
  source: OffscreenCanvasRenderingContext2D,
  mode: BlendMode,
  opacity: number,
  origin: Point,
): void {
  const { width, height } = backdrop.canvas;
  for (let y = 0; y < height; y += rows) {
    const region = {
      x: origin.x,
      y: origin.y + y,
      width,
      height: Math.min(rows, height - y),
    };
    const below = backdrop.getImageData(0, y, width, region.height);
    const above = source.getImageData(0, y, width, region.height);
    const cb = floats(below.data);
    const cs = floats(above.data);
    for (let i = 3; i < cs.length; i += 4) cs[i] = (cs[i] ?? 0) * opacity;
    blendInto(cb, cs, mode, region);
    for (let i = 0; i < cb.length; i++) below.data[i] = (cb[i] ?? 0) * 255;
    backdrop.putImageData(below, 0, y);
  }
}

/** Bytes as 0..1. */
function floats(bytes: Uint8ClampedArray): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = (bytes[i] ?? 0) / 255;
  return values;
}
