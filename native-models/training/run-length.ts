/** Steps whose time tells how many fit; the first few, which also warm caches, are left out. */
const timedFrom = 3;
const timedTo = 8;

/**
 * How long a run is: as many steps as it was given, or as fit its minutes. That is measured once, over the first steps,
 * and then stays, so that a run that is resumed ends where an uninterrupted one does.
 */
export class RunLength {
  /** Steps of the run, or null while the first ones are being timed. */
  steps: number | null;
  /** Seconds of a step, of late. */
  stepSeconds = 0;
  readonly #budget: number;
  #timedSince = 0;

  constructor(steps: number | null, minutes: number | null) {
    this.steps = steps;
    this.#budget = (minutes ?? 1) * 60;
  }

  /**
   * Takes note of a step.
   * @param step how many were taken
   * @param seconds that it took
   * @param elapsed seconds of the whole run
   */
  time(step: number, seconds: number, elapsed: number): void {
    this.stepSeconds =
      this.stepSeconds === 0 ? seconds : 0.9 * this.stepSeconds + 0.1 * seconds;
    if (this.steps !== null) return;
    if (step <= timedFrom) this.#timedSince = elapsed;
    if (step >= timedTo || elapsed > this.#budget / 4) {
      this.steps = this.expected(step, elapsed);
    }
  }

  /** Twice the timed steps at least, for the learning rate must still be at its start when the length is fixed. */
  expected(step: number, elapsed: number): number {
    const timed = step - timedFrom;
    const seconds =
      timed > 0 ? (elapsed - this.#timedSince) / timed : this.stepSeconds;
    const left = Math.floor((this.#budget - elapsed) / seconds);
    return Math.max(2 * step, step + left);
  }
}
