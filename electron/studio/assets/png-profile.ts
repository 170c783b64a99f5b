import { crc32, deflateSync } from "node:zlib";

/** Length of a PNG's signature and its IHDR chunk; profiles go right after them. */
const afterHeader = 8 + 25;

/** A PNG file with a colour profile (iCCP chunk, PNG specification 11.3.2.3) put into one that has none. */
export function withPngProfile(
  png: Uint8Array,
  profile: Uint8Array,
): Uint8Array {
  const body = Buffer.concat([
    Buffer.from("iCCPICC profile\0\0", "latin1"),
    deflateSync(profile),
  ]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([
    png.subarray(0, afterHeader),
    chunk,
    png.subarray(afterHeader),
  ]);
}
