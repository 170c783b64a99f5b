/** Learning rates as shares of the full rate, by progress through a run. Steps count from 0. */

/** Rises over `warmUp` steps, then falls to 0 along half a cosine (Loshchilov and Hutter 2017). */
export function cosine(step: number, steps: number, warmUp: number): number {
  if (step < warmUp) return (step + 1) / (warmUp + 1);
  const progress = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
  return 0.5 * (1 + Math.cos(Math.PI * progress));
}

/** Rises over `warmUp` steps, stays until the share `hold` of the run, then falls straight to `end`. */
export function holdThenFall(
  step: number,
  steps: number,
  warmUp: number,
  hold = 0.6,
  end = 0.02,
): number {
  const rise = Math.min(1, (step + 1) / (warmUp + 1));
  const fall = Math.max(0, step / steps - hold) / (1 - hold);
  return rise * (1 - (1 - end) * Math.min(1, fall));
}
