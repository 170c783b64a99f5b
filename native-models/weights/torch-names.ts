import {
  PickleGlobal,
  type PickleMap,
  type PickleNames,
  type PickleValue,
} from "./pickle-value.ts";
import type { Dtype } from "./safetensors.ts";
import { damagedCheckpoint, unsupportedCheckpoint } from "./torch-failure.ts";
import { TorchStorage, TorchTensor, tensorFault } from "./torch-tensor.ts";

const storages: Readonly<Record<string, Dtype>> = {
  DoubleStorage: "F64",
  FloatStorage: "F32",
  HalfStorage: "F16",
  BFloat16Storage: "BF16",
  LongStorage: "I64",
  IntStorage: "I32",
  ShortStorage: "I16",
  CharStorage: "I8",
  ByteStorage: "U8",
  BoolStorage: "BOOL",
};

const callable = new Set([
  "collections.OrderedDict",
  "torch._utils._rebuild_tensor",
  "torch._utils._rebuild_tensor_v2",
  "torch._utils._rebuild_parameter",
]);

/** Entries that calls may copy in one file; a state dictionary has some hundred. */
const mostCopied = 1_000_000;

/**
 * The names that a PyTorch checkpoint of tensors needs, with functions of ours behind them.
 * @param file what messages call the file
 * @param onStorage told of each storage that the file mentions; may throw to refuse it
 */
export function torchNames(
  file: string,
  onStorage: (storage: TorchStorage) => void,
): PickleNames {
  let copied = 0;
  const damaged = (fault: string) => damagedCheckpoint(file, fault);

  const orderedDict = (given: readonly PickleValue[]): PickleMap => {
    const map: PickleMap = new Map();
    const pairs = given[0] ?? [];
    if (given.length > 1 || !Array.isArray(pairs)) {
      throw damaged("a dictionary in it is malformed");
    }
    copied += pairs.length;
    if (copied > mostCopied) {
      throw unsupportedCheckpoint(file, "its description is too large");
    }
    for (const pair of pairs) {
      const [key, value] = Array.isArray(pair) ? pair : [];
      if (typeof key !== "string" || value === undefined) {
        throw damaged("a dictionary in it is malformed");
      }
      map.set(key, value);
    }
    return map;
  };

  const tensor = (given: readonly PickleValue[]): TorchTensor => {
    const [storage, offset, shape, strides] = given;
    if (
      !(storage instanceof TorchStorage) ||
      typeof offset !== "number" ||
      !isNumbers(shape) ||
      !isNumbers(strides)
    ) {
      throw damaged("a tensor in it is malformed");
    }
    const made = new TorchTensor(storage, offset, [...shape], [...strides]);
    const fault = tensorFault(made);
    if (fault !== null) throw damaged(fault);
    return made;
  };

  return {
    allows: (global) => callable.has(global) || storageDtype(global) !== null,
    call(global, given) {
      if (global === "collections.OrderedDict") return orderedDict(given);
      if (global.startsWith("torch._utils._rebuild_tensor")) {
        return tensor(given);
      }
      const [data] = given;
      if (
        global === "torch._utils._rebuild_parameter" &&
        data instanceof TorchTensor
      ) {
        return data;
      }
      throw damaged("its pickle calls what cannot be called");
    },
    persistent(id) {
      const storage = storageOf(id);
      if (storage === null) throw damaged("a storage in it is malformed");
      onStorage(storage);
      return storage;
    },
  };
}

/** ("storage", type, key, place, length[, view]), as PyTorch's serialization.py writes it; null where it is not so. */
function storageOf(id: PickleValue): TorchStorage | null {
  if (!Array.isArray(id)) return null;
  const [word, type, key, , length, view = null] = id;
  const dtype = type instanceof PickleGlobal ? storageDtype(type.name) : null;
  if (
    word !== "storage" ||
    dtype === null ||
    typeof key !== "string" ||
    !isCount(length)
  ) {
    return null;
  }
  if (view === null) return new TorchStorage(key, dtype, length);
  // Files of before PyTorch 0.4 have storages that are parts of others: (key, begin, length).
  const [, begin, part] = Array.isArray(view) ? view : [];
  if (!isCount(begin) || !isCount(part) || begin + part > length) return null;
  return new TorchStorage(key, dtype, length, { begin, length: part });
}

function storageDtype(global: string): Dtype | null {
  const name = /^torch\.(?:cuda\.)?(\w+)$/.exec(global)?.[1];
  return name !== undefined && Object.hasOwn(storages, name)
    ? storages[name]!
    : null;
}

function isNumbers(value: PickleValue | undefined): value is number[] {
  return (
    Array.isArray(value) &&
    value.length <= 8 &&
    value.every((each) => typeof each === "number")
  );
}

function isCount(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
