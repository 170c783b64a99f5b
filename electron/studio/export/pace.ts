/** How long work goes on before the program's other business gets its turn, in milliseconds. */
const turn = 8;

/** Long work in short turns: `if (pace.due()) await pace.rest()` every so often keeps the program answering. */
export interface Pace {
  due(): boolean;
  rest(): Promise<void>;
}

export function createPace(): Pace {
  let begun = performance.now();
  return {
    due: () => performance.now() - begun > turn,
    async rest() {
      await new Promise((resolve) => setImmediate(resolve));
      begun = performance.now();
    },
  };
}
