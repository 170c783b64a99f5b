import type { Raster } from "../../../common/raster.ts";
import type { Pace } from "../export/pace.ts";

/** Samples of one channel, row by row. */
export type Channel = Uint8Array | Uint16Array;

/**
 * Numbers of a plane of bytes, big-endian pairs, or bits of which 1 is black.
 * @param plane changed where it lies
 * @param depth bits a sample: 1, 8 or 16
 */
export function planeSamples(
  plane: Uint8Array,
  width: number,
  depth: number,
): Channel {
  if (depth === 8) return plane;
  if (depth === 16) {
    Buffer.from(plane.buffer, plane.byteOffset, plane.length).swap16();
    return new Uint16Array(plane.buffer, plane.byteOffset, plane.length / 2);
  }
  const stride = Math.ceil(width / 8);
  const height = plane.length / stride;
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) {
    const x = at % width;
    const byte = plane[Math.floor(at / width) * stride + (x >> 3)]!;
    grey[at] = (byte >> (7 - (x & 7))) & 1 ? 0 : 255;
  }
  return grey;
}

/**
 * Channels side by side, pixel by pixel.
 * @param channels one to four of one depth: grey or red, green and blue, and alpha after them
 */
export async function interleavedPlanes(
  channels: readonly Channel[],
  width: number,
  height: number,
  pace: Pace,
): Promise<Raster<Uint8Array> | Raster<Uint16Array>> {
  const count = channels.length;
  const length = width * height * count;
  const samples =
    channels[0] instanceof Uint16Array
      ? new Uint16Array(length)
      : new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    for (const [offset, channel] of channels.entries())
      for (let at = y * width, end = at + width; at < end; at++)
        samples[at * count + offset] = channel[at]!;
    if (pace.due()) await pace.rest();
  }
  return { width, height, channels: count, samples } as
    | Raster<Uint8Array>
    | Raster<Uint16Array>;
}
