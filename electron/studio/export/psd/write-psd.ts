import { createPace } from "../pace.ts";
import { ByteWriter } from "./byte-writer.ts";
import { mergedChannels } from "./channel-data.ts";
import { layerSection } from "./layer-section.ts";
import type { IntegerRaster, Plane, PsdFile } from "./psd-file.ts";

/** Longest side of a PSD; what is longer becomes a PSB. */
const longestPsdSide = 30_000;
const rgb = 3;

/** Image resources (Adobe Photoshop File Formats Specification, table 1). */
const resources = {
  resolution: 1005,
  thumbnail: 1036,
  profile: 1039,
  version: 1057,
} as const;

/** A PSD file with 8 or 16 bits a channel in RGB; a PSB file where it is longer than PSD allows. */
export async function writePsd(file: PsdFile): Promise<Uint8Array> {
  const { width, height, depth, composite } = file;
  const large = Math.max(width, height) > longestPsdSide;
  const clear = composite.channels === 4;
  const psd = new ByteWriter();
  psd
    .ascii("8BPS")
    .u16(large ? 2 : 1)
    .zeros(6);
  psd.u16(composite.channels).u32(height).u32(width).u16(depth).u16(rgb);
  // RGB has no colour mode data.
  psd.u32(0);
  psd.section(imageResources(file));
  psd.section(await layerSection(file, large, clear), large);
  const planes = await planesOnWhite(composite);
  for (const part of await mergedChannels(planes, width, large))
    psd.bytes(part);
  return psd.finish();
}

function imageResources({ thumbnail, profile }: PsdFile): ByteWriter {
  const all = new ByteWriter();
  writeResource(all, resources.resolution, resolution(72));
  writeResource(
    all,
    resources.version,
    // The merged picture is real, and readers may show it.
    new ByteWriter().u32(1).u8(1).unicode("Fude").unicode("Fude").u32(1),
  );
  const { width, height, jpeg } = thumbnail;
  const widthBytes = Math.ceil((width * 24) / 32) * 4;
  writeResource(
    all,
    resources.thumbnail,
    new ByteWriter()
      .u32(1)
      .u32(width)
      .u32(height)
      .u32(widthBytes)
      .u32(widthBytes * height)
      .u32(jpeg.length)
      .u16(24)
      .u16(1)
      .bytes(jpeg),
  );
  writeResource(all, resources.profile, new ByteWriter().bytes(profile));
  return all;
}

/** Pixels an inch as 16.16 fixed point, both ways, to be shown in inches. */
function resolution(pixelsPerInch: number): ByteWriter {
  const content = new ByteWriter();
  for (let side = 0; side < 2; side++)
    content
      .u32(pixelsPerInch * 2 ** 16)
      .u16(1)
      .u16(1);
  return content;
}

function writeResource(
  to: ByteWriter,
  number: number,
  content: ByteWriter,
): void {
  to.ascii("8BIM")
    .u16(number)
    // No name.
    .zeros(2)
    .section(content)
    .padSince(0, 2);
}

/** The channels one by one. PSD keeps the merged picture laid on white, its transparency beside it. */
async function planesOnWhite(composite: IntegerRaster): Promise<Plane[]> {
  const { width, height, channels, samples } = composite;
  const wide = samples instanceof Uint16Array;
  const planes = Array.from({ length: channels }, () =>
    wide ? new Uint16Array(width * height) : new Uint8Array(width * height),
  );
  const top = wide ? 65_535 : 255;
  const pace = createPace();
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * channels;
    const alpha = channels === 4 ? samples[at + 3]! / top : 1;
    for (let channel = 0; channel < 3; channel++)
      planes[channel]![pixel] =
        top + (samples[at + channel]! - top) * alpha + 0.5;
    if (channels === 4) planes[3]![pixel] = samples[at + 3]!;
    if (pixel % width === 0 && pace.due()) await pace.rest();
  }
  return planes;
}
