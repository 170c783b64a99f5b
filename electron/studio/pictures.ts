import type { AssetHash } from "../../common/document/document.ts";
import type { Raster } from "../../common/raster.ts";
import { decodePicture } from "./assets/decode.ts";
import { encodePng, toDepth } from "./assets/encode.ts";
import type { Context } from "./context.ts";
import { importLayeredPsd } from "./import/import-layered-psd.ts";
import type {
  EncodedPicture,
  LayeredPicture,
} from "./import/read-layered-psd.ts";
import type { AssetRecord } from "./library/assets.ts";
import { resize, thumbnailSize } from "./resize.ts";
import { scaled } from "./scaled-document.ts";

/** Pixels in whole numbers, as files hold them, in memory that can be sent to another process. */
export type IntegerRaster =
  | Raster<Uint8Array<ArrayBuffer>>
  | Raster<Uint16Array<ArrayBuffer>>;

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
  context: Context,
  raster: Raster,
  profile: AssetHash | null = null,
): Promise<AssetRecord> {
  const depth = raster.samples instanceof Uint8Array ? 8 : 16;
  const png = await encodePng(toDepth(raster, depth));
  const { width, height, channels } = raster;
  const alpha = channels === 2 || channels === 4;
  return storePng(context, { png, width, height, depth, alpha }, profile);
}

/** Stores a picture that is a PNG file of ours already. */
async function storePng(
  { assets, library }: Context,
  { png, ...facts }: Omit<EncodedPicture, "profile">,
  profile: AssetHash | null,
): Promise<AssetRecord> {
  const record: AssetRecord = {
    ...facts,
    hash: await assets.put(png),
    bytes: png.length,
    profile,
    createdAt: Date.now(),
  };
  library.assets.insert(record);
  return record;
}

/**
 * A PSD file with its layers, its pictures stored.
 * @param title what a file without layers calls its only one
 * @throws Failure that names the file
 */
export function importLayers(
  context: Context,
  name: string,
  title: string,
  bytes: Uint8Array,
): Promise<LayeredPicture> {
  return importLayeredPsd(bytes, name, title, async (picture) => {
    const { profile, ...png } = picture;
    const own = profile && (await context.assets.put(profile, "icc"));
    return (await storePng(context, png, own)).hash;
  });
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
  const small = await resize(await rasterOf(context, hash), thumbnailSize);
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
