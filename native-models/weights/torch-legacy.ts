import { readPickle } from "./pickle.ts";
import type { PickleNames, PickleValue } from "./pickle-value.ts";
import { dtypes } from "./safetensors.ts";
import { damagedCheckpoint, unsupportedCheckpoint } from "./torch-failure.ts";
import { torchNames } from "./torch-names.ts";
import type { TorchStorage } from "./torch-tensor.ts";
import type { TorchFile } from "./torch-zip.ts";

/** PyTorch's `MAGIC_NUMBER` and `PROTOCOL_VERSION` (torch/serialization.py). */
const magicNumber = 0x1950a86a20f9469cfc6cn;
const protocolVersion = 1001;

/** The first bytes of such a file: a pickle of the magic number. */
export const legacyStart = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc] as const;

/** The pickles before and after the one that counts mention no names. */
const noNames: PickleNames = {
  allows: () => false,
  call: () => null,
  persistent: () => null,
};

/**
 * Opens a file as PyTorch wrote it before 1.6, which most published checkpoints of CycleGAN and fast_neural_style are:
 * five pickles (magic number, protocol, machine, the object, the storages' keys), then each storage's length and numbers.
 * @throws Failure "damaged" or "unsupported"
 */
export function openTorchLegacy(bytes: Uint8Array, file: string): TorchFile {
  let at = 0;
  const next = (names: PickleNames): PickleValue => {
    const { value, end } = readPickle(bytes, at, names, file);
    at = end;
    return value;
  };
  if (next(noNames) !== magicNumber || next(noNames) !== protocolVersion) {
    throw unsupportedCheckpoint(file, "it is of a format that PyTorch left");
  }
  const machine = next(noNames);
  if (machine instanceof Map && machine.get("little_endian") === false) {
    throw unsupportedCheckpoint(file, "its numbers are big-endian");
  }
  const storages = new Map<string, TorchStorage>();
  const value = next(
    torchNames(file, (storage) => {
      const known = storages.get(storage.key) ?? storage;
      if (
        known.dtype !== storage.dtype ||
        known.wholeLength !== storage.wholeLength
      ) {
        throw damagedCheckpoint(file, "it describes a storage in two ways");
      }
      storages.set(storage.key, storage);
    }),
  );
  const keys = next(noNames);
  const places = placesOf(bytes, at, keys, storages, file);
  return {
    value,
    async storageBytes({ key }) {
      const place = places.get(key);
      if (place === undefined) {
        throw damagedCheckpoint(file, "numbers of a tensor are missing");
      }
      return bytes.subarray(...place);
    },
  };
}

/** Where each storage's numbers lie: one after another, each with its length before it. */
function placesOf(
  bytes: Uint8Array,
  start: number,
  keys: PickleValue,
  storages: ReadonlyMap<string, TorchStorage>,
  file: string,
): Map<string, readonly [begin: number, end: number]> {
  if (!Array.isArray(keys)) {
    throw damagedCheckpoint(file, "the list of its storages is missing");
  }
  const places = new Map<string, readonly [number, number]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = start;
  for (const key of keys) {
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    if (storage === undefined || places.has(storage.key)) {
      throw damagedCheckpoint(file, "the list of its storages is wrong");
    }
    const { wholeLength, dtype } = storage;
    const begin = at + 8;
    const end = begin + wholeLength * dtypes[dtype].BYTES_PER_ELEMENT;
    if (
      end > bytes.length ||
      view.getBigInt64(at, true) !== BigInt(wholeLength)
    ) {
      throw damagedCheckpoint(file, "it ends before its last tensor");
    }
    places.set(storage.key, [begin, end]);
    at = end;
  }
  return places;
}
