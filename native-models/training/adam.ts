import * as tf from "@tensorflow/tfjs-core";
import type { Parameters } from "./parameters.ts";

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  /** Stated always: TensorFlow.js's own default differs from backend to backend. */
  readonly epsilon: number;
  /** Largest Euclidean norm of the gradient; longer ones are shortened to it. */
  readonly clip: number;
  /** Factor on the learning rate of the parameter of that name; 1 where absent. */
  readonly rateOf?: (name: string) => number;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1) whose whole state can be taken out and put back, unlike that of
 * TensorFlow.js, which forgets the powers of β and cannot clip.
 */
export class Adam {
  /** Updates made so far; the paper's t. */
  step = 0;
  readonly #parameters: Parameters;
  readonly #settings: AdamSettings;
  readonly #m: tf.Variable<tf.Rank.R1>;
  readonly #v: tf.Variable<tf.Rank.R1>;
  readonly #rates: tf.Tensor1D | null;

  constructor(parameters: Parameters, settings: AdamSettings) {
    this.#parameters = parameters;
    this.#settings = settings;
    this.#m = zeros(parameters.size);
    this.#v = zeros(parameters.size);
    this.#rates =
      settings.rateOf === undefined ? null : parameters.fill(settings.rateOf);
  }

  /**
   * One update. A gradient that has run over is left out, as mixed-precision training does (Micikevicius et al. 2018,
   * section 3.2): parameters and moments stay what they were.
   * @param gradient flat, [size]
   * @param rate the learning rate α of this step
   * @returns the gradient's norm before clipping; infinite or NaN where nothing was updated
   */
  update(gradient: tf.Tensor1D, rate: number): number {
    const { beta1, beta2, epsilon, clip } = this.#settings;
    const norm = tf.tidy(
      () => tf.sqrt(tf.sum(tf.square(gradient))).dataSync()[0]!,
    );
    if (!Number.isFinite(norm)) return norm;
    this.step++;
    const correction =
      Math.sqrt(1 - beta2 ** this.step) / (1 - beta1 ** this.step);
    tf.tidy(() => {
      const g = tf.mul<tf.Tensor1D>(gradient, Math.min(1, clip / norm));
      this.#m.assign(mixed(this.#m, g, beta1));
      this.#v.assign(mixed(this.#v, tf.square(g), beta2));
      // The paper's "efficient" form (end of section 2): ε is scaled with √(1 − β₂ᵗ).
      const scaled = epsilon * Math.sqrt(1 - beta2 ** this.step);
      const direction = tf.div(this.#m, tf.add(tf.sqrt(this.#v), scaled));
      const shift = tf.mul(direction, rate * correction);
      const moved = tf.sub<tf.Tensor1D>(
        this.#parameters.values,
        this.#rates === null ? shift : tf.mul(shift, this.#rates),
      );
      this.#parameters.assign(moved);
    });
    return norm;
  }

  /** First and second moments, flat; they stay the optimiser's. */
  get moments(): { m: tf.Tensor1D; v: tf.Tensor1D } {
    return { m: this.#m, v: this.#v };
  }

  restore(step: number, m: tf.Tensor1D, v: tf.Tensor1D): void {
    this.step = step;
    this.#m.assign(m);
    this.#v.assign(v);
  }

  dispose(): void {
    this.#m.dispose();
    this.#v.dispose();
    this.#rates?.dispose();
  }
}

function zeros(size: number): tf.Variable<tf.Rank.R1> {
  return tf.tidy(() => tf.variable(tf.zeros([size]), false));
}

function mixed(old: tf.Tensor1D, now: tf.Tensor1D, keep: number): tf.Tensor1D {
  return tf.add(tf.mul(old, keep), tf.mul(now, 1 - keep));
}
