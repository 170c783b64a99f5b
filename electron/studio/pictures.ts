import sharp, { type ResizeOptions } from "sharp";
import type { AssetHash } from "../../common/document/document.ts";
import type { Raster } from "../../common/raster.ts";
import { type DecodedPicture, decodePicture } from "./assets/decode.ts";
import { encodePng, toDepth } from "./assets/encode.ts";
import type { Context } from "./context.ts";
import type { AssetRecord } from "./library/assets.ts";
import { scaled } from "./scaled-document.ts";

/** Pixels in whole numbers, as files hold them, in memory that can be sent to another process. */
export type IntegerRaster =
  | Raster<Uint8Array<ArrayBuffer>>
  | Raster<Uint16Array<ArrayBuffer>>;

/** Longest side of a thumbnail in pixels. */
export const thumbnailSide = 256;

/** Decodes a file that came from outside and stores it. @throws Failure that names the file */
export async function importPicture(
  context: Context,
  name: string,
  bytes: Uint8Array,
): Promise<AssetRecord> {
  const { raster, profile } = await decodePicture(bytes, name);
  return storeRaster(
    context,
    raster,
    profile && (await context.assets.put(profile, "icc")),
  );
}

/**
 * @param raster 8 or 16 bits are kept, floats become 16
 * @param profile the colour profile that the picture came with, in the asset store
 */
export async function storeRaster(
  { assets, library }: Context,
  raster: Raster,
  profile: AssetHash | null = null,
): Promise<AssetRecord> {
  const depth = raster.samples instanceof Uint8Array ? 8 : 16;
  const bytes = await encodePng(toDepth(raster, depth));
  const record: AssetRecord = {
    hash: await assets.put(bytes),
    width: raster.width,
    height: raster.height,
    depth,
    alpha: raster.channels === 2 || raster.channels === 4,
    bytes: bytes.length,
    profile,
    createdAt: Date.now(),
  };
  library.assets.insert(record);
  return record;
}

/** The pixels of a stored picture. @throws Failure `not-found`, `damaged` */
export async function rasterOf(
  { assets }: Context,
  hash: AssetHash,
): Promise<IntegerRaster> {
  const bytes = await assets.read(hash);
  const { raster } = await decodePicture(bytes, `the stored picture ${hash}`);
  // Decoded just now, by code that shares no memory.
  return raster as IntegerRaster;
}

/** A stored picture at `factor` of its size, 8 bits a channel, to be looked at. */
export async function smallRasterOf(
  context: Context,
  hash: AssetHash,
  factor: number,
): Promise<Raster<Uint8Array>> {
  const raster = await rasterOf(context, hash);
  const small = await resize(raster, {
    width: scaled(raster.width, factor),
    height: scaled(raster.height, factor),
    fit: "fill",
  });
  return toDepth(small, 8);
}

/** A small copy of a stored picture, stored. */
export async function thumbnailOf(
  context: Context,
  hash: AssetHash,
): Promise<AssetHash> {
  const small = await resize(await rasterOf(context, hash), {
    width: thumbnailSide,
    height: thumbnailSide,
    fit: "inside",
    withoutEnlargement: true,
  });
  return (await storeRaster(context, toDepth(small, 8))).hash;
}

/**
 * A picture file at another size, as PNG of the same depth.
 * @param longestSide in pixels, of the result
 * @throws Failure that names the file
 */
export async function resizePicture(
  bytes: Uint8Array,
  name: string,
  longestSide: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { raster } = await decodePicture(bytes, name);
  const factor = longestSide / Math.max(raster.width, raster.height);
  const resized = await resize(raster, {
    width: scaled(raster.width, factor),
    height: scaled(raster.height, factor),
    fit: "fill",
  });
  return new Uint8Array(await encodePng(resized, { compression: 1 }));
}

/** Channels and depth stay. */
async function resize(
  raster: DecodedPicture["raster"],
  options: ResizeOptions,
): Promise<DecodedPicture["raster"]> {
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
