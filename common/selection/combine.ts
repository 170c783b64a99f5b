import { type Region, unite } from "../document/region.ts";
import { type Coverage, coverageOver, trimmed } from "./coverage.ts";

export const combinations = [
  "replace",
  "add",
  "subtract",
  "intersect",
] as const;
export type Combination = (typeof combinations)[number];

/**
 * Lays a new selection over the one that is there, with the operations of fuzzy sets (Zadeh 1965): the larger, the
 * smaller, the complement. Choosing the same twice changes nothing, soft edges included.
 * @returns trimmed to what is chosen; null where nothing is
 */
export function combine(
  there: Coverage | null,
  added: Coverage | null,
  how: Combination,
): Coverage | null {
  if (how === "replace") return added && trimmed(added);
  if (there === null) return how === "add" ? added && trimmed(added) : null;
  if (added === null) return how === "intersect" ? null : trimmed(there);
  const region = how === "add" ? unite(there, added) : there;
  const out = coverageOver(there, region);
  const other = coverageOver(added, region).samples;
  const { samples } = out;
  for (let i = 0; i < samples.length; i++) {
    const a = samples[i]!;
    const b = other[i]!;
    if (how === "add") samples[i] = a > b ? a : b;
    else if (how === "intersect") samples[i] = a < b ? a : b;
    else samples[i] = a < 255 - b ? a : 255 - b;
  }
  return trimmed(out);
}

/** What is not chosen, within a region. */
export function inverted(coverage: Coverage | null, within: Region): Coverage {
  const out = coverageOver(
    coverage ?? { x: 0, y: 0, width: 0, height: 0, samples: new Uint8Array() },
    within,
  );
  const { samples } = out;
  for (let i = 0; i < samples.length; i++) samples[i] = 255 - samples[i]!;
  return out;
}
