import { activeMask } from "./coverage.ts";
import type {
  AssetHash,
  Confinement,
  StyledLayer,
  StyleParameters,
} from "./document.ts";

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

/** The mask that a layer's style takes its measure from, or null where that is the whole picture. */
export function confinementOf({
  style,
  transform,
  ...layer
}: StyledLayer): Confinement | null {
  const mask = style.confined ? activeMask(layer) : null;
  return mask && { mask, transform };
}

/** Results of the same key are the same pixels. */
export function resultKey(
  source: AssetHash,
  style: StyleParameters,
  confinement: Confinement | null | undefined,
): string {
  const within = confinement ? confinementKey(confinement) : "";
  return `${source} ${styleKey(style)} ${within}`;
}

export function resultOf(
  asset: AssetHash,
  style: StyleParameters,
  confinement: Confinement | null | undefined,
): NonNullable<StyledLayer["result"]> {
  return { asset, style, ...(confinement && { confinement }) };
}

/** Whether the layer shows what its parameters ask for. */
export function isCurrent(layer: StyledLayer): boolean {
  const { source, style, result } = layer;
  return (
    result !== null &&
    resultKey(source, result.style, result.confinement) ===
      resultKey(source, style, confinementOf(layer))
  );
}

function confinementKey({ mask, transform }: Confinement): string {
  const { enabled: _, ...place } = mask;
  return JSON.stringify([inOrder(place), inOrder(transform)]);
}

/** What an object says, in whichever order it was put together. */
function inOrder(value: object): unknown[] {
  return Object.entries(value)
    .map(([name, inner]: [string, unknown]) => [
      name,
      typeof inner === "object" && inner !== null ? inOrder(inner) : inner,
    ])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
