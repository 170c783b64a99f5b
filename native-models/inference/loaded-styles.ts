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
  /** How many pieces of work use a style now. */
  readonly #users = new Map<StyleNetwork, number>();

  /**
   * Lets some work have a style, which stays in memory for as long as that takes, whatever is loaded beside it.
   * @throws Failure as `load` does
   */
  async lend<Result>(
    files: readonly Uint8Array[],
    mix: readonly MixedIn[] | undefined,
    work: (style: StyleNetwork) => Promise<Result>,
  ): Promise<Result> {
    const style = this.load(files, mix);
    this.#users.set(style, (this.#users.get(style) ?? 0) + 1);
    try {
      return await work(style);
    } finally {
      const others = this.#users.get(style)! - 1;
      if (others > 0) this.#users.set(style, others);
      else this.#users.delete(style);
    }
  }

  /**
   * @param files safetensors, laid over one another: of two tensors of one name the later file's is used
   * @param mix further vectors, with their shares of the whole
   * @returns a style that stays this object's own, until others that nobody uses either have taken its place
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
      if (unused === style || this.#users.has(unused)) continue;
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
