import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { Pace } from "../export/pace.ts";

/** How the samples of a channel are stored (Adobe Photoshop File Formats Specification, "Channel image data"). */
export const psdCompressions = {
  raw: 0,
  rle: 1,
  zip: 2,
  zipWithPrediction: 3,
} as const;

/** Rows of samples: bytes, big-endian pairs, or bits. */
export interface PlaneSize {
  readonly width: number;
  readonly height: number;
  /** Bits a sample: 1, 8 or 16. */
  readonly depth: number;
  /** PSB: row lengths of four bytes in place of two. */
  readonly large: boolean;
}

const inflated = promisify(inflate);

/** Bytes of a row. */
export function strideOf({ width, depth }: PlaneSize): number {
  return Math.ceil((width * depth) / 8);
}

/**
 * One channel of a layer, as bytes. Nothing that the file says makes it take more memory than the plane does.
 * @param data without the number of its compression
 * @throws RangeError where the data ends too early or its compression is unknown
 */
export async function channelPlane(
  compression: number,
  data: Uint8Array,
  size: PlaneSize,
  pace: Pace,
): Promise<Uint8Array> {
  const stride = strideOf(size);
  switch (compression) {
    case psdCompressions.raw:
      return firstBytes(data, stride * size.height);
    case psdCompressions.rle: {
      const { lengths, rows } = rowLengths(data, size.height, size.large);
      const plane = new Uint8Array(stride * size.height);
      await unpackRows(rows, lengths, stride, plane, pace);
      return plane;
    }
    case psdCompressions.zip:
    case psdCompressions.zipWithPrediction: {
      const length = stride * size.height;
      const plane = firstBytes(await inflatedBytes(data, length), length);
      if (compression === psdCompressions.zipWithPrediction)
        await undoPrediction(plane, stride, size.depth, pace);
      return plane;
    }
    default:
      throw new RangeError(`compression ${compression}`);
  }
}

/** @throws RangeError where it is not all there */
function firstBytes(data: Uint8Array, length: number): Uint8Array {
  if (data.length < length) throw new RangeError("the samples end too early");
  // A copy: samples are changed in place, and a Buffer's own slice would be a view.
  return new Uint8Array(data.subarray(0, length));
}

/** @throws RangeError where more than `most` bytes come out */
export function inflatedBytes(
  data: Uint8Array,
  most: number,
): Promise<Uint8Array> {
  return inflated(data, { maxOutputLength: Math.max(1, most) });
}

/** The lengths of packed rows, and the rows that follow them. */
export function rowLengths(
  data: Uint8Array,
  count: number,
  large: boolean,
): { lengths: Uint32Array; rows: Uint8Array } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = large ? 4 : 2;
  if (data.length < count * size)
    throw new RangeError("the row lengths end too early");
  const lengths = Uint32Array.from({ length: count }, (_, row) =>
    large ? view.getUint32(row * 4) : view.getUint16(row * 2),
  );
  return { lengths, rows: data.subarray(count * size) };
}

/**
 * Unpacks as many rows as `plane` has.
 * @returns how many bytes of `data` they took
 * @throws RangeError where the data ends too early
 */
export async function unpackRows(
  data: Uint8Array,
  lengths: Uint32Array,
  stride: number,
  plane: Uint8Array,
  pace: Pace,
): Promise<number> {
  let at = 0;
  for (let y = 0; y * stride < plane.length; y++) {
    const length = lengths[y]!;
    if (at + length > data.length)
      throw new RangeError("the samples end too early");
    const row = plane.subarray(y * stride, (y + 1) * stride);
    unpackBits(data.subarray(at, at + length), row);
    at += length;
    if (pace.due()) await pace.rest();
  }
  return at;
}

/** PackBits (TIFF 6.0, section 9). What runs over the row's end is left out, as other readers do it. */
function unpackBits(packed: Uint8Array, row: Uint8Array): void {
  let from = 0;
  let to = 0;
  while (from < packed.length && to < row.length) {
    const count = packed[from++]!;
    if (count < 128) {
      const literal = packed.subarray(from, from + count + 1);
      row.set(literal.subarray(0, row.length - to), to);
      from += count + 1;
      to += literal.length;
    } else if (count > 128) {
      const end = to + 257 - count;
      row.fill(packed[from++] ?? 0, to, end);
      to = end;
    }
  }
  if (to < row.length) throw new RangeError("a row ends too early");
}

/** Turns differences from the sample to the left into samples, in place. */
export async function undoPrediction(
  plane: Uint8Array,
  stride: number,
  depth: number,
  pace: Pace,
): Promise<void> {
  const step = depth / 8;
  for (let start = 0; start < plane.length; start += stride) {
    for (let at = start + step; at < start + stride; at += step)
      if (step === 1) plane[at] = plane[at]! + plane[at - 1]!;
      else {
        const left = (plane[at - 2]! << 8) | plane[at - 1]!;
        const sum = ((plane[at]! << 8) | plane[at + 1]!) + left;
        plane[at] = sum >> 8;
        plane[at + 1] = sum;
      }
    if (pace.due()) await pace.rest();
  }
}
