import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { createPace } from "../pace.ts";
import { packBits, packBitsBound } from "./pack-bits.ts";
import type { Plane } from "./psd-file.ts";

const compressions = { rle: 1, zip: 2 } as const;
const deflated = promisify(deflate);

/**
 * One channel of a layer as the layer section has it, compression first. Bytes are packed; 16 bits are zipped, not as
 * differences as Photoshop does it, for Krita 5.1 shows those as noise, and not packed, for ag-psd 31 does.
 */
export async function layerChannel(
  plane: Plane,
  width: number,
  large: boolean,
): Promise<Uint8Array> {
  if (plane instanceof Uint16Array)
    return Buffer.concat([
      marked(compressions.zip),
      await deflated(bigEndian(plane), { level: 6 }),
    ]);
  const { counts, data } = await packedRows(plane, width, large);
  return Buffer.concat([marked(compressions.rle), counts, data]);
}

/** All channels of the merged picture: one compression, the row lengths of all planes, then their rows. */
export async function mergedChannels(
  planes: readonly Plane[],
  width: number,
  large: boolean,
): Promise<Uint8Array[]> {
  const lengths: Uint8Array[] = [];
  const rows: Uint8Array[] = [];
  for (const plane of planes) {
    const { counts, data } = await packedRows(plane, width, large);
    lengths.push(counts);
    rows.push(data);
  }
  return [marked(compressions.rle), ...lengths, ...rows];
}

function marked(compression: number): Uint8Array {
  return Uint8Array.of(0, compression);
}

function bigEndian(plane: Uint16Array): Uint8Array {
  return Buffer.from(plane.slice().buffer).swap16();
}

async function packedRows(
  plane: Plane,
  width: number,
  large: boolean,
): Promise<{ counts: Uint8Array; data: Uint8Array }> {
  const wide = plane instanceof Uint16Array;
  const bytes = wide ? bigEndian(plane) : plane;
  const stride = wide ? width * 2 : width;
  const height = bytes.length / stride;
  const counts = Buffer.alloc(height * (large ? 4 : 2));
  const data = new Uint8Array(height * packBitsBound(stride));
  const pace = createPace();
  let at = 0;
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(y * stride, (y + 1) * stride);
    const length = packBits(row, data, at);
    if (large) counts.writeUInt32BE(length, y * 4);
    else counts.writeUInt16BE(length, y * 2);
    at += length;
    if (pace.due()) await pace.rest();
  }
  return { counts, data: data.slice(0, at) };
}
