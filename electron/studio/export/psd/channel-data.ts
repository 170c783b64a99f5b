import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { packBits, packBitsBound } from "./pack-bits.ts";
import type { Plane } from "./psd-file.ts";

const deflated = promisify(deflate);
const compression = { rle: 1, zipWithPrediction: 3 } as const;

/**
 * One channel of a layer as its record's data has it, compression first: PackBits for 8 bits, zip with prediction for
 * 16, as Photoshop does it.
 */
export async function layerChannel(
  plane: Plane,
  width: number,
  large: boolean,
): Promise<Uint8Array> {
  if (plane instanceof Uint16Array) {
    const zipped = await deflated(predicted(plane, width), { level: 6 });
    return Buffer.concat([
      Uint8Array.of(0, compression.zipWithPrediction),
      zipped,
    ]);
  }
  const { counts, data } = packedRows(plane, width, large);
  return Buffer.concat([Uint8Array.of(0, compression.rle), counts, data]);
}

/** All channels of the merged picture: one compression, the row lengths of all planes, then their rows. */
export function mergedChannels(
  planes: readonly Plane[],
  width: number,
  large: boolean,
): Uint8Array[] {
  const packed = planes.map((plane) => packedRows(plane, width, large));
  return [
    Uint8Array.of(0, compression.rle),
    ...packed.map(({ counts }) => counts),
    ...packed.map(({ data }) => data),
  ];
}

/** Differences from the sample to the left, row by row, big-endian. */
function predicted(plane: Uint16Array, width: number): Uint8Array {
  const bytes = new Uint8Array(plane.length * 2);
  for (let index = 0; index < plane.length; index++) {
    const left = index % width === 0 ? 0 : plane[index - 1]!;
    const step = (plane[index]! - left) & 0xffff;
    bytes[2 * index] = step >> 8;
    bytes[2 * index + 1] = step & 0xff;
  }
  return bytes;
}

function packedRows(
  plane: Plane,
  width: number,
  large: boolean,
): { counts: Uint8Array; data: Uint8Array } {
  const bytes =
    plane instanceof Uint16Array
      ? Buffer.from(
          plane.buffer.slice(
            plane.byteOffset,
            plane.byteOffset + plane.byteLength,
          ),
        ).swap16()
      : plane;
  const stride = plane instanceof Uint16Array ? width * 2 : width;
  const height = bytes.length / stride;
  const counts = Buffer.alloc(height * (large ? 4 : 2));
  const data = new Uint8Array(height * packBitsBound(stride));
  let at = 0;
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(y * stride, (y + 1) * stride);
    const length = packBits(row, data, at);
    if (large) counts.writeUInt32BE(length, y * 4);
    else counts.writeUInt16BE(length, y * 2);
    at += length;
  }
  return { counts, data: data.slice(0, at) };
}
