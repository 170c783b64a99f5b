import { PickleBytes } from "./pickle-bytes.ts";
import {
  PickleGlobal,
  type PickleNames,
  type PickleValue,
} from "./pickle-value.ts";
import {
  damagedCheckpoint,
  quoted,
  unsupportedCheckpoint,
} from "./torch-failure.ts";

/** Far above what the largest state dictionaries need. */
const limits = { depth: 100_000, memo: 500_000, operations: 5_000_000 };

/**
 * Reads one pickle (protocols 2 to 4; the opcodes are described in CPython's Lib/pickletools.py). Only the opcodes that
 * build numbers, texts, lists, tuples and dictionaries are known, and calls go to `names`, which holds a handful of our own
 * functions: nothing of the file is ever executed.
 * @param start where the pickle begins in `bytes`
 * @param file what messages call the file
 * @returns the value, and where the pickle ends
 * @throws Failure "damaged", or "unsupported" for what Fude does not build
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  names: PickleNames,
  file: string,
): { value: PickleValue; end: number } {
  const machine = new PickleMachine(bytes, start, names, file);
  const value = machine.run();
  return { value, end: machine.end };
}

class PickleMachine {
  readonly #in: PickleBytes;
  readonly #names: PickleNames;
  readonly #file: string;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(
    bytes: Uint8Array,
    start: number,
    names: PickleNames,
    file: string,
  ) {
    this.#in = new PickleBytes(bytes, start, file);
    this.#names = names;
    this.#file = file;
  }

  get end(): number {
    return this.#in.at;
  }

  run(): PickleValue {
    for (let done = 0; done < limits.operations; done++) {
      const opcode = this.#in.byte();
      // STOP
      if (opcode === 0x2e) return this.#pop();
      this.#perform(opcode);
    }
    throw unsupportedCheckpoint(this.#file, "its description is too long");
  }

  #perform(opcode: number): void {
    const value = this.#valueOf(opcode);
    if (value !== undefined) this.#push(value);
    else if (!this.#alter(opcode)) this.#mark(opcode);
  }

  /** What an opcode adds to the stack; undefined for those that do something else. */
  #valueOf(opcode: number): PickleValue | undefined {
    switch (opcode) {
      case 0x4e: // NONE
        return null;
      case 0x88: // NEWTRUE
        return true;
      case 0x89: // NEWFALSE
        return false;
      case 0x4a: // BININT
        return this.#in.int32();
      case 0x4b: // BININT1
        return this.#in.byte();
      case 0x4d: // BININT2
        return this.#in.uint16();
      case 0x8a: // LONG1
        return this.#in.long(this.#in.byte());
      case 0x47: // BINFLOAT
        return this.#in.float64();
      case 0x55: // SHORT_BINSTRING
      case 0x8c: // SHORT_BINUNICODE
        return this.#in.text(this.#in.byte());
      case 0x54: // BINSTRING
      case 0x58: // BINUNICODE
        return this.#in.text(this.#in.length());
      case 0x7d: // EMPTY_DICT
        return new Map();
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        return [];
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#take(opcode - 0x84);
      case 0x74: // TUPLE
        return this.#toMark();
      case 0x68: // BINGET
        return this.#recall(this.#in.byte());
      case 0x6a: // LONG_BINGET
        return this.#recall(this.#in.length());
      case 0x63: // GLOBAL
        return this.#global(this.#in.line(), this.#in.line());
      case 0x93: // STACK_GLOBAL
        return this.#global(...(this.#take(2).map(String) as [string, string]));
      case 0x52: // REDUCE
        return this.#call(...(this.#take(2) as [PickleValue, PickleValue]));
      case 0x51: // BINPERSID
        return this.#names.persistent(this.#pop());
      default:
        return undefined;
    }
  }

  /** Opcodes that change what is on the stack. @returns whether the opcode is one of them */
  #alter(opcode: number): boolean {
    switch (opcode) {
      case 0x61: // APPEND
        this.#append(this.#take(1));
        return true;
      case 0x65: // APPENDS
        this.#append(this.#toMark());
        return true;
      case 0x73: // SETITEM
        this.#setItems(this.#take(2));
        return true;
      case 0x75: // SETITEMS
        this.#setItems(this.#toMark());
        return true;
      case 0x62: // BUILD
        this.#build();
        return true;
      default:
        return false;
    }
  }

  /** Opcodes that leave the values as they are. */
  #mark(opcode: number): void {
    switch (opcode) {
      case 0x80: // PROTO
        if (this.#in.byte() > 5) throw this.#damaged("its pickle is too new");
        break;
      case 0x95: // FRAME
        this.#in.skip(8);
        break;
      case 0x28: // MARK
        this.#marks.push(this.#stack.length);
        if (this.#marks.length > limits.depth) throw this.#tooDeep();
        break;
      case 0x71: // BINPUT
        this.#remember(this.#in.byte());
        break;
      case 0x72: // LONG_BINPUT
        this.#remember(this.#in.length());
        break;
      case 0x94: // MEMOIZE
        this.#remember(this.#memo.size);
        break;
      default:
        throw unsupportedCheckpoint(
          this.#file,
          `its pickle asks for opcode 0x${opcode.toString(16).padStart(2, "0")}`,
        );
    }
  }

  /** A name is checked when it is mentioned, so that one that is never called is refused as well. */
  #global(module: string, name: string): PickleGlobal {
    const global = `${module}.${name}`;
    if (!this.#names.allows(global)) {
      throw unsupportedCheckpoint(
        this.#file,
        `it asks for ${quoted(global)}, a piece of program`,
      );
    }
    return new PickleGlobal(global);
  }

  #call(callee: PickleValue, given: PickleValue): PickleValue {
    if (!(callee instanceof PickleGlobal && Array.isArray(given))) {
      throw this.#damaged("its pickle calls what cannot be called");
    }
    return this.#names.call(callee.name, given);
  }

  /** PyTorch hangs version numbers onto its ordered dictionaries; they change no tensor. */
  #build(): void {
    this.#pop();
    const object = this.#pop();
    if (!(object instanceof Map)) {
      throw unsupportedCheckpoint(this.#file, "it holds objects of a program");
    }
    this.#push(object);
  }

  #append(items: PickleValue[]): void {
    const list = this.#pop();
    if (!Array.isArray(list)) {
      throw this.#damaged("its pickle appends to what is no list");
    }
    for (const item of items) list.push(item);
    this.#push(list);
  }

  #setItems(items: PickleValue[]): void {
    const map = this.#pop();
    if (!(map instanceof Map) || items.length % 2 !== 0) {
      throw this.#damaged("its pickle fills what is no dictionary");
    }
    for (let index = 0; index < items.length; index += 2) {
      const key = items[index];
      if (typeof key !== "string" && typeof key !== "number") {
        throw unsupportedCheckpoint(
          this.#file,
          "it holds a dictionary whose keys are neither names nor numbers",
        );
      }
      map.set(key, items[index + 1]!);
    }
    this.#push(map);
  }

  #remember(index: number): void {
    const value = this.#pop();
    this.#memo.set(index, value);
    if (this.#memo.size > limits.memo) throw this.#tooDeep();
    this.#push(value);
  }

  #recall(index: number): PickleValue {
    const value = this.#memo.get(index);
    if (value === undefined) {
      throw this.#damaged("its pickle refers to what is not there");
    }
    return value;
  }

  #push(value: PickleValue): void {
    this.#stack.push(value);
    if (this.#stack.length > limits.depth) throw this.#tooDeep();
  }

  #pop(): PickleValue {
    return this.#take(1)[0]!;
  }

  /** The topmost values, without reaching below the last mark. */
  #take(count: number): PickleValue[] {
    const floor = this.#marks.at(-1) ?? 0;
    if (this.#stack.length - count < floor) {
      throw this.#damaged("its pickle takes more than it has");
    }
    return this.#stack.splice(this.#stack.length - count, count);
  }

  #toMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) {
      throw this.#damaged("its pickle takes more than it has");
    }
    return this.#stack.splice(mark);
  }

  #damaged(fault: string) {
    return damagedCheckpoint(this.#file, fault);
  }

  #tooDeep() {
    return unsupportedCheckpoint(this.#file, "its description is too large");
  }
}
