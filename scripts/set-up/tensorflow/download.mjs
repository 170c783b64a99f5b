import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Milliseconds to wait for a first answer before a place counts as out of reach. */
const patience = 5_000;
/** Milliseconds that a download may take in all. */
const limit = 30 * 60_000;

/**
 * @param {string} address
 * @returns {Promise<boolean>} whether something is there
 */
export async function reachable(address) {
  try {
    const answer = await fetch(address, {
      method: "HEAD",
      signal: AbortSignal.timeout(patience),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/**
 * @param {string} address
 * @param {string} path of the file to write
 */
export async function download(address, path) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(limit) });
  if (!answer.ok || !answer.body)
    throw new Error(`${address} answered ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(path));
}

/**
 * @param {string} path
 * @returns {Promise<string>} in hexadecimal
 */
export async function sha256Of(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
