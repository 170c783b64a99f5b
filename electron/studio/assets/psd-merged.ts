import type { Pace } from "../export/pace.ts";
import {
  inflatedBytes,
  psdCompressions,
  rowLengths,
  strideOf,
  undoPrediction,
  unpackRows,
} from "./psd-plane.ts";
import type { PsdSections } from "./psd-sections.ts";

/**
 * The first planes of a PSD's merged picture, as bytes: one a sample, two big-endian ones, or an eighth.
 * @param count how many planes are wanted
 * @throws RangeError where the data ends too early or its compression is unknown
 */
export async function mergedPlanes(
  psd: PsdSections,
  count: number,
  pace: Pace,
): Promise<Uint8Array[]> {
  const { merged, channels, height, depth, large } = psd;
  const stride = strideOf(psd);
  const compression = new DataView(
    merged.buffer,
    merged.byteOffset,
    merged.byteLength,
  ).getUint16(0);
  const data = merged.subarray(2);
  switch (compression) {
    case psdCompressions.raw:
      return split(data, stride * height, count);
    case psdCompressions.rle: {
      const { lengths, rows } = rowLengths(data, channels * height, large);
      const planes: Uint8Array[] = [];
      let at = 0;
      for (let index = 0; index < count; index++) {
        const plane = new Uint8Array(stride * height);
        const own = lengths.subarray(index * height, (index + 1) * height);
        at += await unpackRows(rows.subarray(at), own, stride, plane, pace);
        planes.push(plane);
      }
      return planes;
    }
    case psdCompressions.zip:
    case psdCompressions.zipWithPrediction: {
      const all = await inflatedBytes(data, stride * height * channels);
      const planes = split(all, stride * height, count);
      if (compression === psdCompressions.zipWithPrediction)
        for (const plane of planes)
          await undoPrediction(plane, stride, depth, pace);
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
