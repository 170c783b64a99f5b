import type { Mixer } from "./separable-blends.ts";

/*
 * The modes that look at a colour as a whole: PDF 1.7 (ISO 32000-1, 11.3.5.3) hue, saturation, color, luminosity, and
 * Photoshop's darkerColor and lighterColor, which compare by the same Lum. Symbols are those of the specification.
 */

/** Lum(C) = 0.3 · red + 0.59 · green + 0.11 · blue */
export function luminosityOf(r: number, g: number, b: number): number {
  return 0.3 * r + 0.59 * g + 0.11 * b;
}

/** B = SetLum(SetSat(Cs, Sat(Cb)), Lum(Cb)) */
export const hue: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i += 4) {
    const rb = backdrop[i]!;
    const gb = backdrop[i + 1]!;
    const bb = backdrop[i + 2]!;
    const rs = source[i]!;
    const gs = source[i + 1]!;
    const bs = source[i + 2]!;
    const s = saturationOf(rb, gb, bb);
    writeSaturated(mixed, i, rs, gs, bs, s, luminosityOf(rb, gb, bb));
  }
};

/** B = SetLum(SetSat(Cb, Sat(Cs)), Lum(Cb)) */
export const saturation: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i += 4) {
    const rb = backdrop[i]!;
    const gb = backdrop[i + 1]!;
    const bb = backdrop[i + 2]!;
    const s = saturationOf(source[i]!, source[i + 1]!, source[i + 2]!);
    writeSaturated(mixed, i, rb, gb, bb, s, luminosityOf(rb, gb, bb));
  }
};

/** B = SetLum(Cs, Lum(Cb)) */
export const color: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i += 4) {
    const rs = source[i]!;
    const gs = source[i + 1]!;
    const bs = source[i + 2]!;
    const l = luminosityOf(backdrop[i]!, backdrop[i + 1]!, backdrop[i + 2]!);
    writeLit(mixed, i, rs, gs, bs, l);
  }
};

/** B = SetLum(Cb, Lum(Cs)) */
export const luminosity: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i += 4) {
    const rb = backdrop[i]!;
    const gb = backdrop[i + 1]!;
    const bb = backdrop[i + 2]!;
    const l = luminosityOf(source[i]!, source[i + 1]!, source[i + 2]!);
    writeLit(mixed, i, rb, gb, bb, l);
  }
};

/** B = whichever of Cb and Cs has the smaller Lum; Cb where they are alike */
export const darkerColor: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i += 4) {
    const darker = lumAt(source, i) < lumAt(backdrop, i) ? source : backdrop;
    mixed[i] = darker[i]!;
    mixed[i + 1] = darker[i + 1]!;
    mixed[i + 2] = darker[i + 2]!;
  }
};

/** B = whichever of Cb and Cs has the larger Lum; Cb where they are alike */
export const lighterColor: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i += 4) {
    const lighter = lumAt(source, i) > lumAt(backdrop, i) ? source : backdrop;
    mixed[i] = lighter[i]!;
    mixed[i + 1] = lighter[i + 1]!;
    mixed[i + 2] = lighter[i + 2]!;
  }
};

function lumAt(pixels: Float32Array, i: number): number {
  return luminosityOf(pixels[i]!, pixels[i + 1]!, pixels[i + 2]!);
}

/** Sat(C) = max(C) − min(C) */
function saturationOf(r: number, g: number, b: number): number {
  return Math.max(r, g, b) - Math.min(r, g, b);
}

/** Writes SetLum(SetSat(C, s), l). SetSat stretches C so that its least component is 0 and its largest s. */
function writeSaturated(
  mixed: Float32Array,
  i: number,
  r: number,
  g: number,
  b: number,
  s: number,
  l: number,
): void {
  const least = Math.min(r, g, b);
  const range = Math.max(r, g, b) - least;
  const k = range > 0 ? s / range : 0;
  writeLit(mixed, i, (r - least) * k, (g - least) * k, (b - least) * k, l);
}

/** Writes SetLum(C, l), with the specification's ClipColor: towards the grey of the same Lum, so that Lum stays. */
function writeLit(
  mixed: Float32Array,
  i: number,
  r: number,
  g: number,
  b: number,
  l: number,
): void {
  const d = l - luminosityOf(r, g, b);
  const n = Math.min(r, g, b) + d;
  const x = Math.max(r, g, b) + d;
  let k = 1;
  if (n < 0) k = l / (l - n);
  // Both can only happen by rounding; the stronger clip keeps both ends in range.
  if (x > 1) k = Math.min(k, (1 - l) / (x - l));
  mixed[i] = clipped(l + (r + d - l) * k);
  mixed[i + 1] = clipped(l + (g + d - l) * k);
  mixed[i + 2] = clipped(l + (b + d - l) * k);
}

function clipped(value: number): number {
  return value < 0 ? 0 : Math.min(value, 1);
}
