/** Number of the image resource that holds the ICC profile (Adobe Photoshop File Formats Specification, table 1). */
export const profileResource = 1039;

/**
 * One of the image resources of a PSD or PSB file, or null where it is not there or the section is damaged.
 * @param number which, from the specification's table 1
 */
export function findImageResource(
  bytes: Uint8Array,
  number: number,
): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    // Header of 26 bytes, then the colour mode section with its length first.
    let at = 30 + view.getUint32(26);
    const end = Math.min(at + 4 + view.getUint32(at), bytes.length);
    at += 4;
    while (at + 12 <= end) {
      const found = view.getUint16(at + 4);
      // The name is a Pascal string, padded to an even length.
      const name = 1 + view.getUint8(at + 6);
      const start = at + 6 + name + (name % 2) + 4;
      const length = view.getUint32(start - 4);
      if (start + length > end) return null;
      if (found === number) return bytes.subarray(start, start + length);
      at = start + length + (length % 2);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}
