import type { TorchStorage, TorchTensor } from "./torch-tensor.ts";

/** The name of a Python class or function. It is never more than a name. */
export class PickleGlobal {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** All that a pickle can become here: tuples are lists, dictionaries are maps. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | PickleMap
  | PickleGlobal
  | TorchStorage
  | TorchTensor;
export type PickleMap = Map<string | number, PickleValue>;

/** What the few names that a pickle may mention stand for. */
export interface PickleNames {
  /** Whether a pickle may mention the name at all. */
  allows(global: string): boolean;
  /** What calling the name gives; may throw a Failure. */
  call(global: string, given: readonly PickleValue[]): PickleValue;
  /** What a reference to something outside the pickle (a storage) gives; may throw a Failure. */
  persistent(id: PickleValue): PickleValue;
}
