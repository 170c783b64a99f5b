import sharp, { type Sharp } from "sharp";
import { Failure } from "../../../common/failure.ts";
import type { Raster } from "../../../common/raster.ts";
import { withPngProfile } from "./png-profile.ts";

export interface EncodeOptions {
  readonly format: "png" | "jpeg" | "webp" | "tiff";
  /** Bits a channel; JPEG and WebP have 8. */
  readonly depth: 8 | 16;
  /** 1 to 100, for JPEG and WebP. */
  readonly quality?: number;
  /** Path of an ICC profile that the colours are converted to; without it they stay sRGB. */
  readonly profilePath?: string;
}

/**
 * A picture file with its colour profile inside. JPEG has no transparency: what shines through is white.
 * @param raster in sRGB; floats and the other depth are converted by rounding
 * @throws Failure `too-large` where the format has no room for that many pixels a side
 */
export async function encodePicture(
  raster: Raster,
  options: EncodeOptions,
): Promise<Uint8Array> {
  refuseTooLong(raster, options.format);
  const depth =
    options.format === "png" || options.format === "tiff" ? options.depth : 8;
  const pixels = toDepth(raster, depth);
  const final = options.format === "png" && options.profilePath === undefined;
  // With the profile inside, libvips knows what the numbers mean whatever their depth.
  const png = withPngProfile(
    await encodePng(pixels, { compression: final ? 6 : 1 }),
    await srgbProfile(),
  );
  if (final) return png;
  const colour = raster.channels >= 3 || options.profilePath !== undefined;
  // Or 16 bits would make a detour by way of P3.
  let picture = sharp(png, { limitInputPixels: false, ignoreIcc: true });
  if (options.profilePath === undefined) picture = picture.keepIccProfile();
  else picture = picture.withIccProfile(options.profilePath);
  if (depth === 16)
    picture = picture.toColourspace(colour ? "rgb16" : "grey16");
  else picture = picture.toColourspace(colour ? "srgb" : "b-w");
  return asBytes(await finish(picture, options).toBuffer());
}

/** Pixels a side that a format has room for. */
const longestSides = {
  png: Infinity,
  tiff: Infinity,
  jpeg: 65_535,
  webp: 16_383,
};

function refuseTooLong(
  { width, height }: Raster,
  format: EncodeOptions["format"],
): void {
  const longest = longestSides[format];
  if (Math.max(width, height) > longest)
    throw new Failure(
      "too-large",
      `${format === "jpeg" ? "JPEG" : "WebP"} files hold up to ${longest} pixels a side; this picture has ${width} × ${height}`,
      { hint: "Export it as PNG, TIFF or PSD." },
    );
}

function finish(picture: Sharp, options: EncodeOptions): Sharp {
  const quality = options.quality ?? 92;
  switch (options.format) {
    case "png":
      return picture.png(pngSettings(6));
    case "jpeg":
      return picture
        .flatten({ background: "white" })
        .jpeg({ quality, chromaSubsampling: "4:4:4", mozjpeg: false });
    case "webp":
      return picture.webp({ quality, smartSubsample: true, effort: 4 });
    case "tiff":
      return picture.tiff({ compression: "deflate", predictor: "horizontal" });
  }
}

/**
 * The PNG that the asset store keeps: no metadata, the same bytes for the same pixels, sRGB by definition.
 * @param raster 8 or 16 bits
 */
export async function encodePng(
  raster: Raster<Uint8Array> | Raster<Uint16Array>,
  { compression = 6 }: { compression?: number } = {},
): Promise<Uint8Array> {
  const { width, height, channels, samples } = raster;
  const picture = sharp(samples, {
    raw: { width, height, channels },
    limitInputPixels: false,
  });
  const grey = channels < 3;
  const space =
    samples instanceof Uint16Array
      ? grey
        ? "grey16"
        : "rgb16"
      : grey
        ? "b-w"
        : "srgb";
  return asBytes(
    await picture.toColourspace(space).png(pngSettings(compression)).toBuffer(),
  );
}

function pngSettings(compressionLevel: number) {
  return { compressionLevel, adaptiveFiltering: true, palette: false } as const;
}

/** The samples at another depth, rounded to the nearest; what has the depth already is not copied. */
export function toDepth(raster: Raster, depth: 8): Raster<Uint8Array>;
export function toDepth(raster: Raster, depth: 16): Raster<Uint16Array>;
export function toDepth(
  raster: Raster,
  depth: 8 | 16,
): Raster<Uint8Array> | Raster<Uint16Array>;
export function toDepth(
  raster: Raster,
  depth: 8 | 16,
): Raster<Uint8Array> | Raster<Uint16Array> {
  const { samples } = raster;
  const [top, from] = [depth === 16 ? 65_535 : 255, topOf(samples)];
  if (samples instanceof Uint8Array && depth === 8)
    return { ...raster, samples };
  if (samples instanceof Uint16Array && depth === 16)
    return { ...raster, samples };
  const factor = top / from;
  const converted =
    depth === 16
      ? new Uint16Array(samples.length)
      : new Uint8Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index]! * factor;
    // Typed arrays wrap round; what lies outside and what is no number must not.
    converted[index] = value > 0 ? Math.min(top, value + 0.5) : 0;
  }
  return { ...raster, samples: converted } as
    | Raster<Uint8Array>
    | Raster<Uint16Array>;
}

function topOf(samples: Raster["samples"]): number {
  if (samples instanceof Float32Array) return 1;
  return samples instanceof Uint16Array ? 65_535 : 255;
}

let srgb: Promise<Uint8Array> | undefined;
/** The ICC profile of sRGB that goes into files. */
export function srgbProfile(): Promise<Uint8Array> {
  srgb ??= sharp({
    create: { width: 1, height: 1, channels: 3, background: "black" },
  })
    .withIccProfile("srgb")
    .png()
    .toBuffer()
    .then(async (png) => asBytes((await sharp(png).metadata()).icc!));
  return srgb;
}

function asBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
