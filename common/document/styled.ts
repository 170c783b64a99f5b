import { Failure } from "../failure.ts";
import type { Raster } from "../raster.ts";
import { color } from "./color-blends.ts";
import { type Pixels, pixelsOf } from "./pixels.ts";
import type { Region } from "./region.ts";

/**
 * All that a styled layer shows, before its transform: RGBA, straight, 0..1, of the source's size. See `styledReader`.
 */
export function styledPixels(
  source: Raster,
  result: Raster | null,
  strength: number,
  colourKeeping: number,
): Raster<Float32Array> {
  const { width, height } = source;
  const samples = new Float32Array(4 * width * height);
  styledReader(source, result, strength, colourKeeping).read(
    { x: 0, y: 0, width, height },
    samples,
    0,
    4 * width,
  );
  return { width, height, channels: 4, samples };
}

/**
 * The pixels that a styled layer shows: the source with its colours moved towards the result's.
 *
 *     kept  = result + colourKeeping · (B(result, source) − result),  B the blend mode "color" (PDF 1.7, 11.3.5.3)
 *     shown = source + strength · (kept − source)
 *
 * A style changes colours, never the shape: alpha is the source's, and an alpha of the result's is not looked at.
 * @param result what the engine made, of the source's size; null shows the source
 * @throws Failure `damaged` where the sizes differ
 */
export function styledReader(
  source: Raster,
  result: Raster | null,
  strength: number,
  colourKeeping: number,
): Pixels {
  const original = pixelsOf(source);
  if (result === null || strength === 0) return original;
  if (result.width !== source.width || result.height !== source.height)
    throw new Failure(
      "damaged",
      `The styled result is ${result.width} × ${result.height} pixels, its picture ${source.width} × ${source.height}.`,
      { hint: "Apply the style again." },
    );
  const styled = pixelsOf(result);
  return {
    width: source.width,
    height: source.height,
    opaque: original.opaque,
    read(region, out, offset, stride) {
      const row = 4 * region.width;
      const from = new Float32Array(row);
      const to = new Float32Array(row);
      const kept = new Float32Array(row);
      for (let y = 0; y < region.height; y++) {
        const line: Region = { ...region, y: region.y + y, height: 1 };
        original.read(line, from, 0, row);
        styled.read(line, to, 0, row);
        if (colourKeeping > 0) {
          color(to, from, kept, row);
          for (let i = 0; i < row; i++)
            to[i] = to[i]! + (kept[i]! - to[i]!) * colourKeeping;
        }
        const start = offset + y * stride;
        for (let i = 0; i < row; i++)
          out[start + i] = from[i]! + (to[i]! - from[i]!) * strength;
        for (let i = 3; i < row; i += 4) out[start + i] = from[i]!;
      }
    },
  };
}
