import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { Failure } from "../../../common/failure.ts";

/** Far above what projects have: entries, and bytes that all of them become. */
const mostEntries = 50_000;
const mostBytes = 2 ** 32;

/** A zip archive that nobody vouches for. */
export interface Archive {
  has(entry: string): boolean;
  /**
   * The contents of an entry.
   * @param most bytes that it may become; nothing is inflated before that is checked
   * @throws Failure `damaged`, `too-large`, naming the file
   */
  read(entry: string, most: number): Promise<Uint8Array<ArrayBuffer>>;
}

export function isZip(bytes: Uint8Array): boolean {
  return (
    Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "PK\u0003\u0004"
  );
}

/**
 * Opens a zip archive in memory. Its entries are only ever looked up by name, so what they are called leads nowhere.
 * @param name of the file, for the sentences of failures
 * @throws Failure `damaged`, `too-large`, naming the file
 */
export async function openArchive(
  bytes: Uint8Array,
  name: string,
): Promise<Archive> {
  const zip = await fromBufferPromise(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    { lazyEntries: true, autoClose: false },
  ).catch((error: unknown) => {
    throw damagedFile(name, "it is no whole zip archive", error);
  });
  const entries = await entriesOf(zip, name);
  return {
    has: (entry) => entries.has(entry),
    async read(entry, most) {
      const found = entries.get(entry);
      if (found === undefined) throw damagedFile(name, `it lacks ${entry}`);
      if (found.uncompressedSize > most) throw tooLarge(name);
      const contents = await inflated(zip, found).catch((error: unknown) => {
        throw damagedFile(name, `${entry} cannot be unpacked`, error);
      });
      if (crc32(contents) !== found.crc32)
        throw damagedFile(name, `${entry} fails its checksum`);
      return contents;
    },
  };
}

async function entriesOf(
  zip: ZipFile,
  name: string,
): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) throw tooLarge(name);
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName))
        throw damagedFile(name, `it holds ${entry.fileName} twice`);
      entries.set(entry.fileName, entry);
      total += entry.uncompressedSize;
      if (total > mostBytes) throw tooLarge(name);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw damagedFile(name, "its list of contents is broken", error);
  }
  return entries;
}

async function inflated(
  zip: ZipFile,
  entry: Entry,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await buffer(await zip.openReadStreamPromise(entry)));
}

export function damagedFile(
  name: string,
  reason: string,
  cause?: unknown,
): Failure {
  return new Failure("damaged", `${name} is damaged: ${reason}.`, {
    subject: name,
    hint: "Get it again from where it came from.",
    cause,
  });
}

function tooLarge(name: string): Failure {
  return new Failure("too-large", `${name} unpacks to too much.`, {
    subject: name,
  });
}
