import sharp, { type ResizeOptions } from "sharp";
import type { Raster } from "../../common/raster.ts";

type IntegerRaster = Raster<Uint8Array> | Raster<Uint16Array>;

/** Longest side of a thumbnail in pixels. */
export const thumbnailSide = 256;

/** Options that make a picture a thumbnail. */
export const thumbnailSize: ResizeOptions = {
  width: thumbnailSide,
  height: thumbnailSide,
  fit: "inside",
  withoutEnlargement: true,
};

/** Pixels at another size; channels and depth stay. */
export async function resize(
  raster: IntegerRaster,
  options: ResizeOptions,
): Promise<IntegerRaster> {
  const wide = raster.samples instanceof Uint16Array;
  const grey = raster.channels < 3;
  const { data, info } = await open(raster)
    .resize(options)
    .toColourspace(wide ? (grey ? "grey16" : "rgb16") : grey ? "b-w" : "srgb")
    .raw({ depth: wide ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const size = { width, height, channels: info.channels as Raster["channels"] };
  return wide
    ? { ...size, samples: wordsOf(data) }
    : { ...size, samples: bytesOf(data) };
}

function open({ width, height, channels, samples }: Raster) {
  return sharp(samples, {
    raw: { width, height, channels },
    limitInputPixels: false,
  });
}

function bytesOf(data: Buffer): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}

function wordsOf(data: Buffer): Uint16Array {
  // A copy, for a view of words has to begin at an even byte.
  return new Uint16Array(new Uint8Array(data).buffer);
}
