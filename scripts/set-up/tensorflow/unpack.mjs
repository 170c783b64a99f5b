import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

/**
 * Takes some files out of a zip archive, streaming: the libraries are too large to hold in memory.
 * @param {string} archive
 * @param {(name: string) => string | null} target where a file goes, or null to leave it
 * @returns {Promise<number>} how many were taken
 */
export async function unpack(archive, target) {
  // Loaded here because set-up starts before any package is there.
  const { openPromise } = await import("yauzl");
  const zip = await openPromise(archive, { lazyEntries: true });
  let taken = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.endsWith("/") ? null : target(entry.fileName);
      if (path === null) continue;
      mkdirSync(dirname(path), { recursive: true });
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(path),
      );
      taken++;
    }
  } finally {
    zip.close();
  }
  return taken;
}

/**
 * A wheel's headers that the addon includes, and the ones that those include.
 * @param {string} name a file in a TensorFlow wheel
 * @param {string} include folder for headers
 * @returns {string | null}
 */
export function headerTarget(name, include) {
  const header = name.match(
    /^tensorflow\/include\/((?:tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c|tsl\/c)\/.*\.h)$/,
  )?.[1];
  return header ? join(include, header) : null;
}
