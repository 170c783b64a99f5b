import { inflateSync } from "node:zlib";
import type { PsdSections } from "./psd-sections.ts";

const compressions = { raw: 0, rle: 1, zip: 2, zipWithPrediction: 3 } as const;

/**
 * The first planes of a PSD's merged picture, as bytes: one a sample, two big-endian ones, or an eighth.
 * @param count how many planes are wanted
 * @throws RangeError where the data ends too early or its compression is unknown
 */
export function mergedPlanes(
  { merged, channels, width, height, depth, large }: PsdSections,
  count: number,
): Uint8Array[] {
  const stride = Math.ceil((width * depth) / 8);
  const view = new DataView(
    merged.buffer,
    merged.byteOffset,
    merged.byteLength,
  );
  const compression = view.getUint16(0);
  const data = merged.subarray(2);
  switch (compression) {
    case compressions.raw:
      return split(data, stride * height, count);
    case compressions.rle: {
      const size = large ? 4 : 2;
      const lengths = Array.from({ length: channels * height }, (_, row) =>
        large ? view.getUint32(2 + row * 4) : view.getUint16(2 + row * 2),
      );
      const rows = data.subarray(lengths.length * size);
      return unpackPlanes(rows, lengths, stride, height, count);
    }
    case compressions.zip:
    case compressions.zipWithPrediction: {
      const all = inflateSync(data, {
        maxOutputLength: stride * height * channels,
      });
      const planes = split(all, stride * height, count);
      if (compression === compressions.zipWithPrediction)
        for (const plane of planes) undoPrediction(plane, stride, depth);
      return planes;
    }
    default:
      throw new RangeError(`compression ${compression}`);
  }
}

function split(data: Uint8Array, length: number, count: number): Uint8Array[] {
  if (data.length < length * count)
    throw new RangeError("the merged picture ends too early");
  // Copies: the planes are changed in place, and a Buffer's own slice would be a view.
  return Array.from(
    { length: count },
    (_, plane) =>
      new Uint8Array(data.subarray(plane * length, (plane + 1) * length)),
  );
}

function unpackPlanes(
  data: Uint8Array,
  lengths: readonly number[],
  stride: number,
  height: number,
  count: number,
): Uint8Array[] {
  let at = 0;
  return Array.from({ length: count }, (_, plane) => {
    const out = new Uint8Array(stride * height);
    for (let y = 0; y < height; y++) {
      const length = lengths[plane * height + y]!;
      if (at + length > data.length)
        throw new RangeError("the merged picture ends too early");
      const row = out.subarray(y * stride, (y + 1) * stride);
      unpackBits(data.subarray(at, at + length), row);
      at += length;
    }
    return out;
  });
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

function undoPrediction(
  plane: Uint8Array,
  stride: number,
  depth: number,
): void {
  const step = depth / 8;
  for (let start = 0; start < plane.length; start += stride)
    for (let at = start + step; at < start + stride; at += step)
      if (step === 1) plane[at] = plane[at]! + plane[at - 1]!;
      else {
        const left = (plane[at - 2]! << 8) | plane[at - 1]!;
        const sum = ((plane[at]! << 8) | plane[at + 1]!) + left;
        plane[at] = sum >> 8;
        plane[at + 1] = sum;
      }
}
