import sharp from "sharp";
import type { AssetHash } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { decodePicture, type Size } from "./assets/decode.ts";
import type { Context } from "./context.ts";
import { storeRaster } from "./pictures.ts";
import { scaled } from "./scaled-document.ts";

/**
 * Short sides of pictures that go into a training, in pixels: below `smallest` there is nothing to see, and what is
 * below the side of a crop is enlarged to it. `area` bounds the memory of long ones.
 */
const training = { smallest: 16, crop: 160, shortSide: 384, area: 384 * 1024 };

/** A picture of which fewer pixels than this share stand out from its commonest tone holds nothing to learn from. */
const leastDrawn = 1 / 2000;
/** How far a pixel has to be from that tone, of 255: further than paper's grain or a camera's noise. */
const standsOut = 20;

interface TrainingPicture {
  readonly asset: AssetHash;
  /** What was done to it, for the artist; null for nothing that matters. */
  readonly note: string | null;
}

/**
 * Stores a picture as a training sees it: RGB, 8 bits, over white paper, small enough for crops to hold more than a
 * detail. Huge ones are reduced while they are decoded. The training goes on from what was stored, even if the artist's
 * folder changes or goes.
 * @throws Failure where it is no picture, too small to learn from, or almost blank
 */
export async function storeTrainingPicture(
  context: Context,
  name: string,
  bytes: Uint8Array,
): Promise<TrainingPicture> {
  const { raster, size } = await decodePicture(bytes, name, (own) => {
    refuseTooSmall(name, own);
    return trainingSize(own);
  });
  const picture = await overWhite(raster);
  if (isAlmostBlank(picture))
    throw new Failure(
      "invalid",
      `${name} is almost blank: there is nothing on it to learn from.`,
      { subject: name },
    );
  const { hash } = await storeRaster(context, picture);
  const notes = [
    ...(raster.width > size.width
      ? [`enlarged from ${size.width} × ${size.height} pixels`]
      : []),
    ...(isSeeThrough(raster) ? ["laid over white"] : []),
  ];
  return { asset: hash, note: notes.join(", ") || null };
}

function refuseTooSmall(name: string, { width, height }: Size): void {
  if (Math.min(width, height) >= training.smallest) return;
  throw new Failure(
    "invalid",
    `${name} is too small to learn from: ${width} × ${height} pixels, and each side needs ${training.smallest}.`,
    { subject: name },
  );
}

/** The size at which a picture of a size is trained on. */
function trainingSize({ width, height }: Size): Size {
  const short = Math.min(width, height);
  const factor = Math.min(
    short < training.crop
      ? training.crop / short
      : Math.min(1, training.shortSide / short),
    Math.sqrt(training.area / (width * height)),
  );
  return { width: scaled(width, factor), height: scaled(height, factor) };
}

/** Whether a pixel lets through what lies below. Many files carry an alpha that is full everywhere. */
function isSeeThrough({ channels, samples }: Raster): boolean {
  if (channels === 1 || channels === 3) return false;
  const full = samples instanceof Uint8Array ? 255 : 65535;
  for (let i = channels - 1; i < samples.length; i += channels)
    if (samples[i]! < full) return true;
  return false;
}

/** RGB, 8 bits, what was clear is white. */
async function overWhite({
  width,
  height,
  channels,
  samples,
}: Raster): Promise<Raster<Uint8Array>> {
  const data = await sharp(samples, { raw: { width, height, channels } })
    .toColourspace("srgb")
    .flatten({ background: "white" })
    .raw({ depth: "uchar" })
    .toBuffer();
  return {
    width,
    height,
    channels: 3,
    samples: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

/** Whether hardly a pixel stands out from the commonest tone, channel by channel. */
function isAlmostBlank({ samples, width, height }: Raster): boolean {
  const common = [0, 1, 2].map((channel) => commonest(samples, channel));
  let drawn = 0;
  for (let i = 0; i < samples.length; i += 3) {
    const away = common.some(
      (tone, channel) => Math.abs(samples[i + channel]! - tone) > standsOut,
    );
    if (away) drawn += 1;
  }
  return drawn < leastDrawn * width * height;
}

function commonest(samples: ArrayLike<number>, channel: number): number {
  const counts = new Uint32Array(256);
  for (let i = channel; i < samples.length; i += 3) counts[samples[i]!]! += 1;
  return counts.indexOf(Math.max(...counts));
}
