import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "./parameters.ts";

/**
 * Exponential moving average of the parameters (Polyak and Juditsky 1992 in the form of Yazıcı et al. 2019): what a run
 * shows and hands out, for it swings less than the parameters themselves.
 */
export class MovingAverage {
  readonly #decay: number;
  readonly #average: tf.Variable<tf.Rank.R1>;
  #best: tf.Variable<tf.Rank.R1> | null = null;

  /** @param decay share of the old average that a step keeps; less in the first steps, so that the start is forgotten */
  constructor(parameters: Parameters, decay: number) {
    this.#decay = decay;
    this.#average = tf.tidy(() => tf.variable(parameters.flat(), false));
  }

  /** @param step updates made so far */
  update(parameters: Parameters, step: number): void {
    const keep = Math.min(this.#decay, (1 + step) / (10 + step));
    tf.tidy(() => {
      this.#average.assign(
        tf.add(
          tf.mul(this.#average, keep),
          tf.mul(parameters.values, 1 - keep),
        ),
      );
    });
  }

  /** Flat, [size]; stays the average's. */
  get value(): tf.Tensor1D {
    return this.#average;
  }

  /** The average at its best judgement, or null before the first; stays the average's. */
  get best(): tf.Tensor1D | null {
    return this.#best;
  }

  /** Remembers the average of now as the best. */
  keepBest(): void {
    this.#setBest(this.#average);
  }

  restore(value: tf.Tensor1D, best: tf.Tensor1D | null): void {
    this.#average.assign(value);
    if (best === null) {
      this.#best?.dispose();
      this.#best = null;
    } else this.#setBest(best);
  }

  #setBest(value: tf.Tensor1D): void {
    if (this.#best === null) {
      this.#best = tf.tidy(() => tf.variable(value.clone(), false));
    } else this.#best.assign(value);
  }

  dispose(): void {
    this.#average.dispose();
    this.#best?.dispose();
  }
}
