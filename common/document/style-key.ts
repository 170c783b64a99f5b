import type { StyleParameters } from "./document.ts";

/** Styles of the same key look the same: the order in which styles are mixed in does not matter. */
export function styleKey({
  model,
  brushSize,
  depth = 1,
  mix = [],
}: StyleParameters): string {
  const mixed = mix.map(({ model, share }) => `${share} ${model}`).sort();
  return JSON.stringify([brushSize, depth, model, ...mixed]);
}
