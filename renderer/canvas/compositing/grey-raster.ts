import { luminosityOf } from "../../../common/document/color-blends.ts";
import type { Raster } from "../../../common/raster.ts";

/** A mask's pixels as one byte each. Of a mask in colour the luminosity counts; its own alpha does not. */
export function greyRaster({
  width,
  height,
  data,
}: ImageData): Raster<Uint8Array> {
  const samples = new Uint8Array(width * height);
  for (let i = 0, s = 0; i < samples.length; i++, s += 4)
    samples[i] = Math.round(luminosityOf(data[s]!, data[s + 1]!, data[s + 2]!));
  return { width, height, channels: 1, samples };
}
