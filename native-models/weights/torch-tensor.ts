import { type Dtype, dtypes, type StoredTensor } from "./safetensors.ts";

/** Numbers that tensors are views of, by the name that the file gives them. */
export class TorchStorage {
  readonly key: string;
  readonly dtype: Dtype;
  /** Numbers of the whole storage, and the part of it that this one is. */
  readonly wholeLength: number;
  readonly begin: number;
  readonly length: number;

  constructor(
    key: string,
    dtype: Dtype,
    wholeLength: number,
    part: { begin: number; length: number } = { begin: 0, length: wholeLength },
  ) {
    this.key = key;
    this.dtype = dtype;
    this.wholeLength = wholeLength;
    this.begin = part.begin;
    this.length = part.length;
  }
}

/** A tensor as a checkpoint describes it; its numbers stay in the file until they are wanted. */
export class TorchTensor {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(
    storage: TorchStorage,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

/** Convolutions have four; nothing that Fude takes has more than that. */
const mostAxes = 8;

/**
 * What is wrong with a tensor's description, or null: all of it has to lie within its storage, and it may not repeat
 * numbers (stride 0), so that a small file stays small in memory.
 */
export function tensorFault({
  storage,
  offset,
  shape,
  strides,
}: TorchTensor): string | null {
  if (shape.length !== strides.length || shape.length > mostAxes) {
    return "a tensor's sizes and strides do not fit";
  }
  if (![offset, ...shape, ...strides].every(isCount)) {
    return "a tensor's sizes, strides or offset are no counts";
  }
  const count = elementCount(shape);
  if (count === 0) return null;
  const last = shape.reduce(
    (sum, side, axis) => sum + (side - 1) * strides[axis]!,
    offset,
  );
  return count > storage.length || last >= storage.length
    ? "a tensor reaches beyond its storage"
    : null;
}

function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/**
 * Takes a tensor out of its storage, in rows (the last axis is contiguous).
 * @param bytes the whole storage, little-endian
 */
export function takeTensor(
  { storage, offset, shape, strides }: TorchTensor,
  bytes: Uint8Array,
): StoredTensor {
  const TypedArray = dtypes[storage.dtype];
  const size = TypedArray.BYTES_PER_ELEMENT;
  const count = elementCount(shape);
  const own = new Uint8Array(count * size);
  const start = storage.begin + offset;
  if (isContiguous(shape, strides)) {
    own.set(bytes.subarray(start * size, (start + count) * size));
  } else {
    const at = shape.map(() => 0);
    let from = start;
    for (let to = 0; to < count; to++) {
      for (let byte = 0; byte < size; byte++) {
        own[to * size + byte] = bytes[from * size + byte]!;
      }
      // The next index, as an odometer turns.
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        at[axis]! += 1;
        from += strides[axis]!;
        if (at[axis]! < shape[axis]!) break;
        from -= at[axis]! * strides[axis]!;
        at[axis] = 0;
      }
    }
  }
  return { dtype: storage.dtype, shape, data: new TypedArray(own.buffer) };
}

function isContiguous(
  shape: readonly number[],
  strides: readonly number[],
): boolean {
  let expected = 1;
  return shape.toReversed().every((side, index) => {
    const fits = side === 1 || strides.at(-1 - index) === expected;
    expected *= side;
    return fits;
  });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < 2 ** 40;
}
