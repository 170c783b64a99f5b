/** How many times the best smoothed loss counts as an explosion. */
const explosion = 10;
/** Steps before explosions count: the first losses say little. */
const patience = 20;

/** Gradients in a row that may run over before that counts as divergence. */
const mostOverflows = 5;

/** Steps in a row for which a discriminator may have nothing to learn. */
const longBeaten = 200;

/** Sees when a training diverges. Not part of a checkpoint: after a resume it starts to watch anew. */
export class Watchdog {
  #steps = 0;
  #smooth = 0;
  #best = Number.POSITIVE_INFINITY;
  #overflows = 0;
  #beaten = 0;
  readonly #leastLoss: number | null;

  /** @param leastLoss of a discriminator, see `TrainedNetwork`; its loss may rise as far as it likes, for that is G's gain */
  constructor(leastLoss: number | null = null) {
    this.#leastLoss = leastLoss;
  }

  /**
   * @param norm of the gradient of one step
   * @returns null, or what is wrong, to complete "its loss …"
   */
  observeGradient(norm: number): string | null {
    this.#overflows = Number.isFinite(norm) ? 0 : this.#overflows + 1;
    return this.#overflows >= mostOverflows
      ? "had no finite slope any more"
      : null;
  }

  /**
   * @param loss the total of one step
   * @returns null, or what is wrong, to complete "its loss …"
   */
  observe(loss: number): string | null {
    if (!Number.isFinite(loss)) return "was no number any more";
    this.#steps++;
    this.#smooth = this.#steps === 1 ? loss : 0.9 * this.#smooth + 0.1 * loss;
    if (this.#steps < patience) return null;
    if (this.#leastLoss !== null) {
      this.#beaten = this.#smooth < this.#leastLoss ? this.#beaten + 1 : 0;
      return this.#beaten < longBeaten
        ? null
        : "of the discriminator stayed at nothing";
    }
    this.#best = Math.min(this.#best, this.#smooth);
    return this.#smooth > explosion * this.#best
      ? `grew to ${explosion} times what it had been`
      : null;
  }
}
