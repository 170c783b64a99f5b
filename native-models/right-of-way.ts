/** Milliseconds for which the way stays taken: a hand that moves asks again at once. */
const lingering = 150;

/** Lets short work that somebody watches go before long work of the same process, which waits between its own steps. */
export class RightOfWay {
  #taken = 0;
  #lingering: NodeJS.Timeout | undefined;
  #clear = Promise.withResolvers<void>();

  /** @returns a function that gives it back, to be called once */
  take(): () => void {
    this.#taken++;
    clearTimeout(this.#lingering);
    this.#lingering = undefined;
    return () => {
      this.#taken--;
      if (this.#taken === 0)
        this.#lingering = setTimeout(() => this.#giveWay(), lingering);
    };
  }

  /** Resolves once nobody has it, or as soon as `signal` says that there is no need to go on. */
  async cleared(signal: AbortSignal): Promise<void> {
    const given = Promise.withResolvers<void>();
    const giveUp = () => given.resolve();
    signal.addEventListener("abort", giveUp);
    while (!signal.aborted && (this.#taken > 0 || this.#lingering))
      await Promise.race([this.#clear.promise, given.promise]);
    signal.removeEventListener("abort", giveUp);
  }

  #giveWay(): void {
    this.#lingering = undefined;
    this.#clear.resolve();
    this.#clear = Promise.withResolvers();
  }
}
