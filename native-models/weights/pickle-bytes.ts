import { damagedCheckpoint } from "./torch-failure.ts";

/** Walks through the bytes of a pickle, which are little-endian but for floats, and never beyond their end. */
export class PickleBytes {
  /** The next byte. */
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #file: string;

  /** @param file what messages call the file */
  constructor(bytes: Uint8Array, start: number, file: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = start;
    this.#file = file;
  }

  /** Moves on by some bytes. @returns where they begin @throws Failure "damaged" where there are fewer */
  skip(count: number): number {
    const from = this.at;
    if (count > this.#bytes.length - from) throw this.#tooShort();
    this.at += count;
    return from;
  }

  byte(): number {
    return this.#bytes[this.skip(1)]!;
  }

  uint16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  /** The length, or number in the memo, of what follows. */
  length(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.skip(8));
  }

  text(length: number): string {
    const from = this.skip(length);
    return new TextDecoder().decode(this.#bytes.subarray(from, from + length));
  }

  /** A text up to the end of its line. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) throw this.#tooShort();
    const text = this.text(end - this.at);
    this.skip(1);
    return text;
  }

  /** A whole number of some bytes, two's complement. */
  long(length: number): number | bigint {
    const from = this.skip(length);
    let value = 0n;
    for (let index = length - 1; index >= 0; index--) {
      value = (value << 8n) | BigInt(this.#bytes[from + index]!);
    }
    const signed = BigInt.asIntN(8 * length, value);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed;
  }

  #tooShort() {
    return damagedCheckpoint(this.#file, "it ends too early");
  }
}
