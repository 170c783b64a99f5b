import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { Failure } from "../../common/failure.ts";
import { readPickle } from "./pickle.ts";
import type { PickleValue } from "./pickle-value.ts";
import { dtypes } from "./safetensors.ts";
import { damagedCheckpoint, unsupportedCheckpoint } from "./torch-failure.ts";
import { torchNames } from "./torch-names.ts";
import type { TorchStorage } from "./torch-tensor.ts";

/** Bytes of the part that describes the tensors, and entries of the archive: far above what checkpoints have. */
const longestPickle = 2 ** 24;
const mostEntries = 100_000;
/** Bytes that the numbers of one checkpoint may become: ten times the largest generator that Fude takes. */
const mostNumbers = 2 ** 30;

/** What a checkpoint says, and how to get at the numbers of a storage. */
export interface TorchFile {
  readonly value: PickleValue;
  storageBytes(storage: TorchStorage): Promise<Uint8Array>;
}

/**
 * Opens the zip archive that PyTorch writes since 1.6: `<name>/data.pkl` and one entry a storage, `<name>/data/<key>`.
 * Nothing is inflated before its size has been checked, and a storage not before it is wanted.
 * @throws Failure "damaged" or "unsupported"
 */
export async function openTorchZip(
  bytes: Uint8Array,
  file: string,
): Promise<TorchFile> {
  try {
    const zip = await fromBufferPromise(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { lazyEntries: true, autoClose: false },
    );
    const entries = await entriesOf(zip, file);
    const [pickle, prefix] = pickleOf(entries, file);
    if (pickle.uncompressedSize > longestPickle) {
      throw unsupportedCheckpoint(file, "its description is too large");
    }
    const order = entries.get(`${prefix}byteorder`);
    if (order !== undefined && order.uncompressedSize <= 16) {
      if (String(await contents(zip, order, file)).trim() !== "little") {
        throw unsupportedCheckpoint(file, "its numbers are big-endian");
      }
    }
    const entryOf = (storage: TorchStorage): Entry => {
      const entry = entries.get(`${prefix}data/${storage.key}`);
      const size =
        storage.wholeLength * dtypes[storage.dtype].BYTES_PER_ELEMENT;
      if (entry?.uncompressedSize !== size) {
        throw damagedCheckpoint(
          file,
          entry === undefined
            ? "numbers of a tensor are missing"
            : "a tensor has more or fewer numbers than it says",
        );
      }
      return entry;
    };
    const { value } = readPickle(
      await contents(zip, pickle, file),
      0,
      torchNames(file, entryOf),
      file,
    );
    let inflated = 0;
    return {
      value,
      async storageBytes(storage) {
        const entry = entryOf(storage);
        inflated += entry.uncompressedSize;
        if (inflated > mostNumbers) {
          throw new Failure("too-large", `${file} unpacks to too much.`, {
            subject: file,
          });
        }
        return contents(zip, entry, file);
      },
    };
  } catch (error) {
    throw asFailure(error, file);
  }
}

async function entriesOf(
  zip: ZipFile,
  file: string,
): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) {
    throw unsupportedCheckpoint(file, "it has too many parts");
  }
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

function pickleOf(
  entries: ReadonlyMap<string, Entry>,
  file: string,
): [entry: Entry, prefix: string] {
  for (const [name, entry] of entries) {
    const prefix = /^((?:[^/]+\/)?)data\.pkl$/.exec(name)?.[1];
    if (prefix === undefined) continue;
    if (entries.has(`${prefix}constants.pkl`)) {
      throw unsupportedCheckpoint(
        file,
        "it is a TorchScript program and not a checkpoint",
      );
    }
    return [entry, prefix];
  }
  throw unsupportedCheckpoint(
    file,
    "it is a zip archive that PyTorch did not write",
  );
}

async function contents(
  zip: ZipFile,
  entry: Entry,
  file: string,
): Promise<Uint8Array> {
  try {
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    if (crc32(bytes) === entry.crc32) return bytes;
  } catch (error) {
    throw asFailure(error, file);
  }
  throw damagedCheckpoint(file, "a part of it fails its checksum");
}

/** What the zip library complains about is a fault of the file. */
function asFailure(error: unknown, file: string): Failure {
  return error instanceof Failure
    ? error
    : damagedCheckpoint(file, "it is no whole zip archive", error);
}
