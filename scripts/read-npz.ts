import { inflateRawSync } from "node:zlib";

export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Reads the float32 arrays of a NumPy archive: a zip of .npy files (numpy.lib.format, version 1.0; PKWARE APPNOTE 4.3).
 * For files of this project's own data folder, which are trusted.
 */
export function readNpz(file: Buffer): Map<string, NumpyArray> {
  const arrays = new Map<string, NumpyArray>();
  const end = file.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const method = file.readUInt16LE(at + 10);
    const size = file.readUInt32LE(at + 20);
    const nameLength = file.readUInt16LE(at + 28);
    const local = file.readUInt32LE(at + 42);
    const name = file.toString("latin1", at + 46, at + 46 + nameLength);
    const begin =
      local +
      30 +
      file.readUInt16LE(local + 26) +
      file.readUInt16LE(local + 28);
    const packed = file.subarray(begin, begin + size);
    arrays.set(
      name.replace(/\.npy$/, ""),
      readNpy(method === 0 ? packed : inflateRawSync(packed)),
    );
    at +=
      46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return arrays;
}

function readNpy(file: Buffer): NumpyArray {
  const headerLength = file.readUInt16LE(8);
  const header = file.toString("latin1", 10, 10 + headerLength);
  if (
    !header.includes("'descr': '<f4'") ||
    !header.includes("'fortran_order': False")
  ) {
    throw new TypeError(`Not a plain float32 array: ${header}`);
  }
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? "")
    .split(",")
    .filter((side) => side.trim() !== "")
    .map(Number);
  const bytes = Uint8Array.from(file.subarray(10 + headerLength));
  return { shape, data: new Float32Array(bytes.buffer) };
}
