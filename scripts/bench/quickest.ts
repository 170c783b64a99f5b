/** Seconds of the quickest of some runs, after one to warm up. */
export async function quickest(
  runs: number,
  work: () => Promise<void>,
): Promise<number> {
  await work();
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
