import { createHash } from "node:crypto";
import { styleVectorName } from "../networks/generator-weights.ts";
import { readSafetensors } from "../weights/safetensors.ts";
import { type MixedIn, mixedVector } from "./mixed-vector.ts";
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
   * @param mix further vectors, with their shares of the whole
   * @returns a style that stays this object's own
   * @throws Failure "damaged" or "unsupported" where the files do not hold a style, or none that can be mixed
   */
  load(
    files: readonly Uint8Array[],
    mix: readonly MixedIn[] = [],
  ): StyleNetwork {
    const key = contentKey(files, mix);
    const style = this.#styles.get(key) ?? read(files, mix);
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

function contentKey(
  files: readonly Uint8Array[],
  mix: readonly MixedIn[],
): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.length}:`).update(file);
  for (const { weights, share } of mix)
    hash.update(`mix ${share} ${weights.length}:`).update(weights);
  return hash.digest("hex");
}

function read(
  files: readonly Uint8Array[],
  mix: readonly MixedIn[],
): StyleNetwork {
  const name = "The style's weights file";
  const stored = files.map((file) => readSafetensors(file, name).tensors);
  const tensors = new Map(stored.flatMap((each) => [...each]));
  if (mix.length === 0) return styleFrom(tensors, name);
  const vector = mixedVector(stored.at(-1)!, mix, name);
  return styleFrom(tensors.set(styleVectorName, vector), name);
}
