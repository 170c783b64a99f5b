import type { StyleParameters } from "../../common/document/document.ts";

/** A place on the pad, 0 to 1 from its left and its upper edge. */
export interface PadPlace {
  readonly x: number;
  readonly y: number;
}

/** Corners of the pad: upper left, upper right, lower left, lower right. */
const cornerCount = 4;

/**
 * How near to an edge the place may be: every corner keeps a share that nobody sees, by which it is remembered, and the
 * place with it.
 */
const margin = 1e-3;

/** The styles at the corners in their order, with their shares of the whole, which sum to 1. */
export function cornersOf({
  model,
  mix = [],
}: StyleParameters): { model: string; share: number }[] {
  const rest = 1 - mix.reduce((sum, { share }) => sum + share, 0);
  return [{ model, share: rest }, ...mix];
}

/** The place whose shares these are. */
export function placeOf(shares: readonly number[]): PadPlace {
  const [first = 1, right = 0, below = 0] = shares;
  if (shares.length === cornerCount) {
    const [, , , last] = shares;
    return { x: right + last!, y: below + last! };
  }
  return { x: right / (first + right), y: below / (first + below) };
}

/**
 * The shares of so many corners at a place: bilinear, (1−x)(1−y), x(1−y), (1−x)y and xy, where corners are empty divided
 * by the sum of the others'. Two styles share along the upper edge alone.
 */
export function sharesAt(count: number, { x, y }: PadPlace): number[] {
  const u = within(x);
  const v = count > 2 ? within(y) : 0;
  const all = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v];
  const own = all.slice(0, count);
  const sum = own.reduce((total, share) => total + share, 0);
  return own.map((share) => share / sum);
}

/** The same style with other corners, mixed as the place says. */
export function mixedAt(
  style: StyleParameters,
  models: readonly string[],
  place: PadPlace,
): StyleParameters {
  const { mix: _, ...parameters } = style;
  const [model = style.model, ...others] = models;
  if (others.length === 0) return { ...parameters, model };
  const shares = sharesAt(models.length, place);
  const mix = others.map((other, index) => ({
    model: other,
    share: shares[index + 1]!,
  }));
  return { ...parameters, model, mix };
}

/**
 * The style with another one at a corner: in the place of the one that is there, or, at the first empty corner, beside the
 * others. The place stays, but for what a new corner brings: the middle between the first two, and of the upper and lower
 * ones. A style that is at another corner already changes places with it.
 */
export function withCorner(
  style: StyleParameters,
  corner: number,
  model: string,
): StyleParameters {
  const corners = cornersOf(style);
  const models = corners.map((present) => present.model);
  const place = placeOf(corners.map(({ share }) => share));
  const elsewhere = models.indexOf(model);
  if (corner < models.length) {
    if (elsewhere >= 0) models[elsewhere] = models[corner]!;
    models[corner] = model;
    return mixedAt(style, models, place);
  }
  if (elsewhere >= 0 || models.length === cornerCount) return style;
  models.push(model);
  if (models.length === 2) return mixedAt(style, models, { x: 0.5, y: 0 });
  return mixedAt(
    style,
    models,
    models.length === 3 ? { ...place, y: 0.5 } : place,
  );
}

/** The style without what is at a corner: the last one takes its place. The only style stays. */
export function withoutCorner(
  style: StyleParameters,
  corner: number,
): StyleParameters {
  const corners = cornersOf(style);
  const models = corners.map(({ model }) => model);
  if (models.length === 1 || corner >= models.length) return style;
  const place = placeOf(corners.map(({ share }) => share));
  const last = models.pop()!;
  if (corner < models.length) models[corner] = last;
  return mixedAt(style, models, place);
}

function within(value: number): number {
  return Math.min(1 - margin, Math.max(margin, value));
}
