/** Four 32-bit words: all that a `Random` is. */
export type RandomState = readonly [number, number, number, number];

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018): seeded, quick, and its whole state is four words, so that a run which
 * resumes draws the very numbers that an uninterrupted one would have drawn.
 */
export class Random {
  #s: Uint32Array;

  private constructor(state: RandomState) {
    this.#s = Uint32Array.from(state);
  }

  /** @param seed any 32-bit integer, spread over the state by splitmix32 */
  static seeded(seed: number): Random {
    let z = seed >>> 0;
    const next = () => {
      z = (z + 0x9e3779b9) >>> 0;
      let t = z ^ (z >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      return (t ^ (t >>> 15)) >>> 0;
    };
    return new Random([next(), next(), next(), next()]);
  }

  static fromState(state: RandomState): Random {
    return new Random(state);
  }

  get state(): RandomState {
    const [a = 0, b = 0, c = 0, d = 0] = this.#s;
    return [a, b, c, d];
  }

  /** 0 ≤ x < 2³². */
  word(): number {
    const s = this.#s;
    const result = Math.imul(rotate(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const t = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotate(s[3]!, 11);
    return result;
  }

  /** low ≤ x < high. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.word() / 2 ** 32);
  }

  /** 0 ≤ x < count, whole. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** N(0, 1), by Box and Muller; draws two numbers each time so that no half is carried over. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** The indices 0..count−1 in random order (Fisher and Yates). */
  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}
