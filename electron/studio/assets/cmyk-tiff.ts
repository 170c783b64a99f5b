import type { Raster } from "../../../common/raster.ts";

/** Types of TIFF's values (TIFF 6.0, section 2). */
const types = { short: 3, long: 4, undefined: 7 } as const;

/**
 * A TIFF file of ink amounts, not compressed: the one kind of CMYK pixels that libvips takes from memory.
 * @param inks cyan, magenta, yellow and black in the place of RGBA; 0 is no ink
 * @param profile for CMYK; without it the reader has one of its own
 */
export function cmykTiff(
  inks: Raster<Uint8Array> | Raster<Uint16Array>,
  profile: Uint8Array | null,
): Uint8Array {
  const { width, height, samples } = inks;
  const bits = samples instanceof Uint16Array ? 16 : 8;
  // In the machine's byte order, which is little-endian wherever Fude runs.
  const pixels = new Uint8Array(
    samples.buffer,
    samples.byteOffset,
    samples.byteLength,
  );
  const header = Buffer.alloc(16);
  header.write("II*\0", "latin1");
  const afterHeader = header.length;
  const icc = afterHeader + pixels.length;
  const directory = icc + (profile?.length ?? 0) + ((profile?.length ?? 0) % 2);
  header.writeUInt32LE(directory, 4);
  // Bits of the four samples, too long for their entry.
  for (let at = 8; at < 16; at += 2) header.writeUInt16LE(bits, at);
  const entries = [
    [256, types.long, 1, width],
    [257, types.long, 1, height],
    [258, types.short, 4, 8],
    // Not compressed, inks, of which there are four, in one strip, side by side.
    [259, types.short, 1, 1],
    [262, types.short, 1, 5],
    [273, types.long, 1, afterHeader],
    [277, types.short, 1, 4],
    [278, types.long, 1, height],
    [279, types.long, 1, pixels.length],
    [284, types.short, 1, 1],
    [332, types.short, 1, 1],
    ...(profile ? [[34_675, types.undefined, profile.length, icc]] : []),
  ];
  const table = Buffer.alloc(2 + 12 * entries.length + 4);
  table.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + 12 * index;
    table.writeUInt16LE(tag!, at);
    table.writeUInt16LE(type!, at + 2);
    table.writeUInt32LE(count!, at + 4);
    table.writeUInt32LE(value!, at + 8);
  }
  const padding = new Uint8Array(directory - icc - (profile?.length ?? 0));
  return Buffer.concat([
    header,
    pixels,
    profile ?? new Uint8Array(),
    padding,
    table,
  ]);
}
