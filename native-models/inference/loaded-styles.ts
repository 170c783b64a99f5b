import { createHash } from "node:crypto";
import { readSafetensors, type StoredTensor } from "../weights/safetensors.ts";
import { styleFrom } from "./style-from.ts";
import type { StyleNetwork } from "./style-network.ts";

/** Weights that stay in memory: the styles that an artist goes back and forth between. */
const kept = 4;

/** The last few styles as tensors, by the bytes of their files, so that the next picture need not read them again. */
export class LoadedStyles {
  /** Least recently used first. */
  readonly #styles = new Map<string, StyleNetwork>();

  /**
   * @param files safetensors, laid over one another: of two tensors of one name the later file's is used
   * @returns a style that stays this object's own
   * @throws Failure "damaged" or "unsupported" where the files do not hold a style
   */
  load(files: readonly Uint8Array[]): StyleNetwork {
    const key = contentKey(files);
    const style = this.#styles.get(key) ?? read(files);
    this.#styles.delete(key);
    this.#styles.set(key, style);
    for (const [oldest, unused] of this.#styles) {
      if (this.#styles.size <= kept) break;
      this.#styles.delete(oldest);
      unused.dispose();
    }
    return style;
  }
}

function contentKey(files: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.length}:`).update(file);
  return hash.digest("hex");
}

function read(files: readonly Uint8Array[]): StyleNetwork {
  const name = "The style's weights file";
  const tensors = new Map<string, StoredTensor>(
    files.flatMap((file) => [...readSafetensors(file, name).tensors]),
  );
  return styleFrom(tensors, name);
}
