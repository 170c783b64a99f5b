import type { Raster } from "../../common/raster.ts";
import { white } from "./picture-rows.ts";

/** A picture whose memory is its own, so that it can be posted to another process. */
export type StyledRaster = Raster<
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>
>;

/** A picture of the size, depth and alpha of another, RGB or RGBA, still without colour. */
export function emptyResult({
  width,
  height,
  channels,
  samples,
}: Raster): StyledRaster {
  const alpha = channels === 2 || channels === 4;
  const count = width * height * (alpha ? 4 : 3);
  const result =
    samples instanceof Uint8Array
      ? new Uint8Array(count)
      : samples instanceof Uint16Array
        ? new Uint16Array(count)
        : new Float32Array(count);
  if (alpha) {
    for (let to = 3, from = channels - 1; to < count; to += 4) {
      result[to] = samples[from]!;
      from += channels;
    }
  }
  return { width, height, channels: alpha ? 4 : 3, samples: result };
}

/** Sets the colours of row `y` from `column` on, from RGB in 0..1. */
export function writeRow(
  { width, channels, samples }: StyledRaster,
  y: number,
  column: number,
  row: Float32Array,
): void {
  const scale = white(samples);
  // Integer arrays cut towards zero.
  const rounding = scale === 1 ? 0 : 0.5;
  let to = (y * width + column) * channels;
  for (let from = 0; from < row.length; from += 3, to += channels) {
    for (let c = 0; c < 3; c++) {
      samples[to + c] = row[from + c]! * scale + rounding;
    }
  }
}
