import sharp, { type Metadata, type Sharp } from "sharp";
import { Failure } from "../../../common/failure.ts";
import type { Raster } from "../../../common/raster.ts";
import { cmykTiff } from "./cmyk-tiff.ts";
import { isRgbProfile, meansSrgb } from "./colour-profile.ts";
import { readPsdComposite } from "./decode-psd.ts";
import { encodePng } from "./encode.ts";
import { refuseTooLarge } from "./picture-limits.ts";
import { withPngProfile } from "./png-profile.ts";
import { isPsd } from "./psd-sections.ts";
import { withoutFullAlpha } from "./without-full-alpha.ts";

/** A picture as the studio works with it: upright, in sRGB, straight alpha. */
export interface DecodedPicture {
  readonly raster: Raster<Uint8Array> | Raster<Uint16Array>;
  readonly depth: 8 | 16;
  readonly alpha: boolean;
  /** The picture's own size, upright; the raster's is another where it was decoded at another. */
  readonly size: Size;
  /** "jpeg", "png", … as found in the file, whatever it is called. */
  readonly format: string;
  /** RGB profile that the picture came with, to go back to; null where it came with none or with sRGB. */
  readonly profile: Uint8Array | null;
  /** EXIF block as it was in the file, its orientation included. */
  readonly exif: Uint8Array | null;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is read; anything else that libvips knows (SVG, PDF, …) is no picture of pixels or no picture at all. */
const formats: readonly string[] = [
  "jpeg",
  "png",
  "webp",
  "gif",
  "tiff",
  "heif",
];

/** No picture within the limits takes this long; a file made to take for ever does. */
const secondsToDecode = 120;

/**
 * Reads a picture file. The size is checked before a pixel is decoded. EXIF orientation is applied; colours are
 * converted to sRGB (perceptual intent) from the embedded profile; 8 and 16 bits are kept; of an animation the first
 * frame is taken; palettes are expanded, CMYK becomes RGB, and grey stays grey unless it is transparent.
 * @param name of the file, for the sentences of failures
 * @param sizeFor the size to decode at, given the picture's own: a huge picture never lies in memory whole
 * @throws Failure `not-a-picture`, `unsupported`, `too-large` or `damaged`, naming the file
 */
export async function decodePicture(
  bytes: Uint8Array,
  name: string,
  sizeFor: (own: Size) => Size = (own) => own,
): Promise<DecodedPicture> {
  if (bytes.length === 0)
    throw new Failure("not-a-picture", `${name} is empty`, { subject: name });
  if (isPsd(bytes)) return decodePsd(bytes, name, sizeFor);
  const metadata = await readHeader(bytes, name);
  refuseTooLarge(name, metadata.width, metadata.height);
  if (metadata.depth === undefined || !(metadata.depth in bitsOf))
    throw new Failure(
      "unsupported",
      `${name} has samples of a kind (${metadata.depth}) that Fude does not read`,
      { subject: name, hint: "Save it with 8 or 16 bits a channel." },
    );
  const depth = bitsOf[metadata.depth as keyof typeof bitsOf];
  const icc = metadata.icc ? asUint8(metadata.icc) : null;
  const plain = icc === null || (await meansSrgb(icc));
  const size = { ...metadata.autoOrient };
  const wanted = sizeFor(size);
  const whole = convert(bytes, metadata, depth, plain);
  const picture = (
    wanted.width === size.width && wanted.height === size.height
      ? whole
      : whole.resize({ ...wanted, fit: "fill" })
  ).timeout({ seconds: secondsToDecode });
  try {
    const { data, info } = await picture
      .raw({ depth: depth === 16 ? "ushort" : "uchar" })
      .toBuffer({ resolveWithObject: true });
    return {
      raster: {
        width: info.width,
        height: info.height,
        channels: info.channels as Raster["channels"],
        samples: depth === 16 ? asUint16(data) : asUint8(data),
      } as DecodedPicture["raster"],
      size,
      depth,
      alpha: info.channels === 2 || info.channels === 4,
      format: metadata.format,
      profile: !plain && isRgbProfile(icc) ? icc : null,
      exif: metadata.exif ? asUint8(metadata.exif) : null,
    };
  } catch (error) {
    throw damaged(name, error);
  }
}

const bitsOf = { uchar: 8, ushort: 16 } as const;

function open(bytes: Uint8Array, ignoreIcc = false): Sharp {
  return sharp(bytes, {
    ignoreIcc,
    failOn: "error",
    // Checked by hand from the header, for a sentence that names the size.
    limitInputPixels: false,
    pages: 1,
    sequentialRead: true,
  });
}

async function readHeader(bytes: Uint8Array, name: string): Promise<Metadata> {
  let metadata: Metadata;
  try {
    metadata = await open(bytes).metadata();
  } catch (error) {
    if (knownStart(bytes)) throw damaged(name, error);
    throw new Failure("not-a-picture", `${name} is not a picture`, {
      subject: name,
      hint: "Fude reads PNG, JPEG, WebP, TIFF, AVIF, GIF and PSD.",
      cause: error,
    });
  }
  if (!formats.includes(metadata.format))
    throw new Failure(
      "unsupported",
      `${name} is of a kind (${metadata.format.toUpperCase()}) that Fude does not read`,
      {
        subject: name,
        hint: "Fude reads PNG, JPEG, WebP, TIFF, AVIF, GIF and PSD.",
      },
    );
  return metadata;
}

/** The merged picture, led through the same colour conversion as any other. */
async function decodePsd(
  bytes: Uint8Array,
  name: string,
  sizeFor: (own: Size) => Size,
): Promise<DecodedPicture> {
  const { raster, profile, inks } = await readPsdComposite(bytes, name);
  const decoded = inks
    ? await decodePicture(cmykTiff(raster, profile), name, sizeFor)
    : await decodeRaster(raster, profile, name, sizeFor);
  return { ...decoded, format: "psd" };
}

/**
 * Takes pixels in the colours of a profile to the working space.
 * @param profile null where they are in sRGB
 * @throws Failure `damaged` where they cannot be converted
 */
export async function decodeRaster(
  raster: DecodedPicture["raster"],
  profile: Uint8Array | null,
  name: string,
  sizeFor?: (own: Size) => Size,
): Promise<DecodedPicture> {
  const png = await encodePng(withoutFullAlpha(raster), { compression: 1 });
  return decodePicture(
    profile ? withPngProfile(png, profile) : png,
    name,
    sizeFor,
  );
}

/**
 * The picture upright and in the working space. Left to itself libvips takes 16-bit pictures with a profile to P3 first,
 * which costs precision; told to overlook the profile at the start it goes to sRGB in one step at the end.
 * @param plain whether the numbers are sRGB already
 */
function convert(
  bytes: Uint8Array,
  { space, hasAlpha }: Metadata,
  depth: 8 | 16,
  plain: boolean,
): Sharp {
  // libvips' raw output drops the transparency of 8-bit grey.
  const grey = (space === "b-w" || space === "grey16") && !hasAlpha;
  const direct = depth === 16 && !plain && space === "rgb16";
  const picture = open(bytes, plain || direct).autoOrient();
  if (depth === 8) return picture.toColourspace(grey ? "b-w" : "srgb");
  const wide = picture.toColourspace(grey ? "grey16" : "rgb16");
  return direct ? wide.withIccProfile("srgb") : wide;
}

function damaged(name: string, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (/unsupported JPEG|not implemented/i.test(reason))
    return new Failure(
      "unsupported",
      `${name} is a rare kind of picture that Fude does not read`,
      {
        subject: name,
        hint: "Save it as PNG, or as an ordinary JPEG.",
        cause,
      },
    );
  const short =
    /premature|truncated|end of (file|stream|image)|not enough|too short/i.test(
      reason,
    );
  return new Failure(
    "damaged",
    short ? `${name} is damaged: it ends too early` : `${name} is damaged`,
    {
      subject: name,
      hint: "Fetch or export the picture again.",
      cause,
    },
  );
}

/** Whether the file starts as a picture does, so that it is a damaged one rather than none. */
function knownStart(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return (
    start.startsWith("\x89PNG") ||
    start.startsWith("\xff\xd8\xff") ||
    start.startsWith("GIF8") ||
    start.startsWith("II*\0") ||
    start.startsWith("MM\0*") ||
    (start.startsWith("RIFF") && start.slice(8, 12) === "WEBP") ||
    start.slice(4, 8) === "ftyp"
  );
}

function asUint8(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function asUint16(buffer: Buffer): Uint16Array {
  const aligned =
    buffer.byteOffset % 2 === 0 ? buffer : Buffer.from(new Uint8Array(buffer));
  return new Uint16Array(
    aligned.buffer,
    aligned.byteOffset,
    aligned.byteLength / 2,
  );
}
