import { z } from "zod";
import { Failure } from "../../common/failure.ts";
import { widenHalf } from "./half-precision.ts";
import { repeatedKey } from "./repeated-key.ts";

/** Element types, with the array that holds them; halves are kept as their bits (`toFloats` widens them). */
export const dtypes = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;
export type Dtype = keyof typeof dtypes;
export type TensorArray =
  | Float64Array
  | Float32Array
  | Uint16Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Int8Array
  | Uint8Array;

export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: TensorArray;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The reference implementation's bound on the header. */
const longestHeader = 100_000_000;

const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(32),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

/**
 * Reads a safetensors file (https://github.com/huggingface/safetensors, "Format"): eight bytes of little-endian header
 * length, a JSON header that maps each name to dtype, shape and byte offsets (`__metadata__` to strings), then the data.
 *
 * Nothing in the header is believed: names must be unique, every tensor's bytes must be as many as its dtype and shape
 * need, and the tensors must cover the data from its first to its last byte without a gap or an overlap.
 * @param bytes the whole file
 * @param name what messages call it
 * @returns tensors with data of their own (no views on `bytes`)
 * @throws Failure "damaged" that names what is wrong; "unsupported" for element types that are not in `Dtype`
 */
export function readSafetensors(
  bytes: Uint8Array,
  name = "The weights file",
): Safetensors {
  const header = readHeader(bytes, name);
  const data = bytes.subarray(8 + header.length);
  const tensors = new Map<string, StoredTensor>();
  const metadata: Record<string, string> = {};
  const spans: { key: string; begin: number; end: number }[] = [];
  for (const [key, value] of Object.entries(header.json)) {
    if (key === "__metadata__") {
      const parsed = z.record(z.string(), z.string()).safeParse(value);
      if (!parsed.success) {
        throw damaged(name, "its metadata is not a map of texts");
      }
      Object.assign(metadata, parsed.data);
      continue;
    }
    const tensor = readTensor(key, value, data, name);
    tensors.set(key, tensor.stored);
    spans.push({ key, begin: tensor.begin, end: tensor.end });
  }
  checkCover(spans, data.length, name);
  return { tensors, metadata };
}

/**
 * Writes a safetensors file that the reference implementation accepts. The same tensors give the same bytes: they are
 * laid out by falling element size, then by name, and the data starts at a multiple of eight.
 * @throws RangeError where a tensor's data does not fit its shape: a defect of the caller
 */
export function writeSafetensors(
  tensors: Iterable<readonly [string, StoredTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(
    ([a, { dtype: s }], [b, { dtype: t }]) =>
      dtypes[t].BYTES_PER_ELEMENT - dtypes[s].BYTES_PER_ELEMENT ||
      (a < b ? -1 : 1),
  );
  const entries: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) {
    entries.push(["__metadata__", metadata]);
  }
  let end = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    if (
      !(data instanceof dtypes[dtype]) ||
      data.length !== elementCount(shape)
    ) {
      throw new RangeError(`The data of ${name} do not fit ${dtype} ${shape}.`);
    }
    const begin = end;
    end += data.byteLength;
    entries.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  if (new Set(entries.map(([name]) => name)).size !== entries.length) {
    throw new RangeError("Two tensors have the same name.");
  }
  const json = new TextEncoder().encode(
    JSON.stringify(Object.fromEntries(entries)),
  );
  const length = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(json, 8);
  let at = 8 + length;
  for (const [, { data }] of sorted) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/**
 * A tensor's elements as 32-bit floats: halves widened exactly, doubles rounded.
 * @throws Failure "unsupported" for integers
 */
export function toFloats(tensor: StoredTensor, name: string): Float32Array {
  const { dtype, data } = tensor;
  if (dtype === "F32") return data as Float32Array;
  if (dtype === "F64") return Float32Array.from(data as Float64Array);
  if (dtype === "BF16") {
    const bits = Uint32Array.from(data as Uint16Array, (half) => half << 16);
    return new Float32Array(bits.buffer);
  }
  if (dtype === "F16") {
    // Several times as quick as `Float32Array.from` with a function.
    const halves = data as Uint16Array;
    const floats = new Float32Array(halves.length);
    for (let i = 0; i < floats.length; i++) floats[i] = widenHalf(halves[i]!);
    return floats;
  }
  throw new Failure(
    "unsupported",
    `${name} holds ${dtype} where floating-point weights belong.`,
    { subject: name },
  );
}

function readHeader(
  bytes: Uint8Array,
  name: string,
): { length: number; json: object } {
  if (bytes.length < 8) {
    throw damaged(name, "it is too short to have a header");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declared = view.getBigUint64(0, true);
  if (declared > BigInt(Math.min(longestHeader, bytes.length - 8))) {
    throw damaged(name, `its header claims ${declared} bytes`);
  }
  const length = Number(declared);
  if (length === 0 || bytes[8] !== 0x7b) {
    throw damaged(name, "its header does not start with {");
  }
  let json: unknown;
  let repeated: string | null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      bytes.subarray(8, 8 + length),
    );
    json = JSON.parse(text);
    repeated = repeatedKey(text);
  } catch (cause) {
    throw damaged(name, "its header is not JSON in UTF-8", cause);
  }
  if (repeated !== null) {
    throw damaged(name, `its header names ${quote(repeated)} twice`);
  }
  return { length, json: json as object };
}

function readTensor(
  key: string,
  value: unknown,
  data: Uint8Array,
  name: string,
): { stored: StoredTensor; begin: number; end: number } {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    throw damaged(name, `the entry of ${quote(key)} is malformed`);
  }
  const { dtype, shape } = parsed.data;
  const [begin, end] = parsed.data.data_offsets;
  if (!isDtype(dtype)) {
    throw new Failure(
      "unsupported",
      `${name} holds elements of type ${quote(dtype)}, which cannot be read here.`,
      { subject: name },
    );
  }
  const TypedArray = dtypes[dtype];
  if (end < begin || end > data.length) {
    throw damaged(
      name,
      `${quote(key)} claims bytes ${begin} to ${end} of ${data.length}`,
    );
  }
  if (elementCount(shape) * TypedArray.BYTES_PER_ELEMENT !== end - begin) {
    throw damaged(
      name,
      `${quote(key)} has ${end - begin} bytes, which does not fit ${dtype} [${shape}]`,
    );
  }
  // A copy: the file's data need not be aligned, and the caller may reuse its buffer. (A Buffer's slice would be a view.)
  const own = new Uint8Array(data.subarray(begin, end));
  return {
    stored: { dtype, shape, data: new TypedArray(own.buffer) },
    begin,
    end,
  };
}

function checkCover(
  spans: { key: string; begin: number; end: number }[],
  length: number,
  name: string,
): void {
  let covered = 0;
  for (const { key, begin, end } of spans.sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== covered) {
      const fault =
        begin < covered ? "overlaps another tensor" : "leaves a gap before it";
      throw damaged(name, `${quote(key)} ${fault}`);
    }
    covered = end;
  }
  if (covered !== length) {
    throw damaged(
      name,
      `${length - covered} bytes at its end belong to nothing`,
    );
  }
}

/** The number of elements, or infinity where it passes what a number holds exactly. */
function elementCount(shape: readonly number[]): number {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, side) => product * side, 1);
  return Number.isSafeInteger(count) ? count : Infinity;
}

function isDtype(text: string): text is Dtype {
  return Object.hasOwn(dtypes, text);
}

/** Names come from the file: shortened, and with control characters made visible. */
function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function damaged(name: string, fault: string, cause?: unknown): Failure {
  return new Failure("damaged", `${name} is damaged: ${fault}.`, {
    subject: name,
    hint: "Copy or download it again, or train the style anew.",
    cause,
  });
}
