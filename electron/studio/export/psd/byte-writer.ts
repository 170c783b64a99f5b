/** Collects big-endian bytes; large parts are taken as they are, not copied until the end. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  bytes(part: Uint8Array): this {
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }

  zeros(count: number): this {
    return this.bytes(new Uint8Array(count));
  }

  u8(value: number): this {
    return this.bytes(Uint8Array.of(value));
  }

  u16(value: number): this {
    const part = Buffer.alloc(2);
    part.writeUInt16BE(value);
    return this.bytes(part);
  }

  i16(value: number): this {
    return this.u16(value & 0xffff);
  }

  u32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32BE(value);
    return this.bytes(part);
  }

  i32(value: number): this {
    return this.u32(value >>> 0);
  }

  /** A length: four bytes in a PSD, eight in a PSB. */
  count(value: number, large: boolean): this {
    if (large) this.u32(Math.floor(value / 2 ** 32));
    return this.u32(value % 2 ** 32);
  }

  /** Letters of one byte each. */
  ascii(text: string): this {
    return this.bytes(Buffer.from(text, "latin1"));
  }

  /** UTF-16 after its length in units. */
  unicode(text: string): this {
    const utf16 = Buffer.from(text, "utf16le").swap16();
    return this.u32(text.length).bytes(utf16);
  }

  /** Length in one byte and letters, together a multiple of `unit`. What is not Latin-1 becomes "?". */
  pascal(text: string, unit: number): this {
    const latin = [...text]
      .map((letter) => (letter.codePointAt(0)! < 256 ? letter : "?"))
      .join("")
      .slice(0, 255);
    const start = this.#length;
    return this.u8(latin.length).ascii(latin).padSince(start, unit);
  }

  /** Zeros until what was written since `start` is a multiple of `unit`. */
  padSince(start: number, unit: number): this {
    const over = (this.#length - start) % unit;
    return over === 0 ? this : this.zeros(unit - over);
  }

  /** Another writer's bytes after their length. */
  section(content: ByteWriter, large = false): this {
    this.count(content.#length, large);
    for (const part of content.#parts) this.bytes(part);
    return this;
  }

  append(content: ByteWriter): this {
    for (const part of content.#parts) this.bytes(part);
    return this;
  }

  /** Everything in one piece. */
  finish(): Uint8Array {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
