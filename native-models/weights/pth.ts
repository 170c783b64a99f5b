import type { PickleMap, PickleValue } from "./pickle-value.ts";
import type { Dtype, StoredTensor } from "./safetensors.ts";
import { damagedCheckpoint, unsupportedCheckpoint } from "./torch-failure.ts";
import { legacyStart, openTorchLegacy } from "./torch-legacy.ts";
import { TorchTensor, takeTensor } from "./torch-tensor.ts";
import { openTorchZip, type TorchFile } from "./torch-zip.ts";

/** A tensor whose numbers are read when they are wanted. */
export interface CheckpointTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  read(): Promise<StoredTensor>;
}
export type StateDict = ReadonlyMap<string, CheckpointTensor>;

const zipStart = [0x50, 0x4b, 0x03, 0x04];
/** Under which names trainings keep the network's state dictionary beside other things. */
const wrappers = [
  "state_dict",
  "model_state_dict",
  "generator",
  "netG",
  "net_G",
  "G",
  "model",
  "params_ema",
  "params",
];

/**
 * Reads the named tensors of a PyTorch checkpoint: `.pth`, `.pt`, `.model` or whatever it is called, of the present zip
 * format or the one before 1.6. Nothing of the file is executed, and everything that it claims is checked (`pickle.ts`,
 * `torch-tensor.ts`).
 * @param bytes the whole file; kept until the tensors have been read
 * @param file what messages call it
 * @throws Failure "damaged", "unsupported" or "too-large", naming the file
 */
export async function readPth(
  bytes: Uint8Array,
  file: string,
): Promise<StateDict> {
  const torchFile = await open(bytes, file);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, tensor] of stateDictIn(torchFile.value, file)) {
    tensors.set(name, {
      dtype: tensor.storage.dtype,
      shape: tensor.shape,
      async read() {
        return takeTensor(tensor, await torchFile.storageBytes(tensor.storage));
      },
    });
  }
  return tensors;
}

/** Whether a file begins as PyTorch's do. */
export function isPth(bytes: Uint8Array): boolean {
  return startsWith(bytes, zipStart) || startsWith(bytes, legacyStart);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

async function open(bytes: Uint8Array, file: string): Promise<TorchFile> {
  if (startsWith(bytes, zipStart)) return openTorchZip(bytes, file);
  if (startsWith(bytes, legacyStart)) return openTorchLegacy(bytes, file);
  throw bytes.length < 64
    ? damagedCheckpoint(file, "it is too short to be a checkpoint")
    : unsupportedCheckpoint(file, "PyTorch did not write it");
}

/** The dictionary of tensors, itself or under one of the usual names. */
function stateDictIn(
  value: PickleValue,
  file: string,
): [string, TorchTensor][] {
  let dictionary = value;
  for (let depth = 0; depth < 2 && dictionary instanceof Map; depth++) {
    dictionary = wrapped(dictionary) ?? dictionary;
  }
  const found = dictionary instanceof Map ? [...dictionary] : [];
  const tensors = found.filter(
    (entry): entry is [string, TorchTensor] =>
      typeof entry[0] === "string" && entry[1] instanceof TorchTensor,
  );
  if (tensors.length === 0) {
    throw unsupportedCheckpoint(file, "it holds no named tensors");
  }
  return tensors;
}

function wrapped(dictionary: PickleMap): PickleMap | null {
  for (const name of wrappers) {
    const inner = dictionary.get(name);
    if (inner instanceof Map) return inner;
  }
  return null;
}
