import sharp from "sharp";
import type { IntegerRaster } from "./psd/psd-file.ts";

/** Longest side of the picture that file managers show for a PSD. */
const side = 160;

/** A small JPEG of a picture, on white. */
export async function thumbnailOf({
  width,
  height,
  channels,
  samples,
}: IntegerRaster): Promise<{
  width: number;
  height: number;
  jpeg: Uint8Array;
}> {
  const { data, info } = await sharp(samples, {
    raw: { width, height, channels },
    limitInputPixels: false,
  })
    .toColourspace("srgb")
    .resize({
      width: side,
      height: side,
      fit: "inside",
      withoutEnlargement: true,
    })
    .flatten({ background: "white" })
    .jpeg({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, jpeg: data };
}
