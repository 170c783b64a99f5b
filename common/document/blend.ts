import type { BlendMode } from "./blend-mode.ts";
import * as colors from "./color-blends.ts";
import type { Region } from "./region.ts";
import * as separable from "./separable-blends.ts";

type Mixer = separable.Mixer;

/** Samples that are mixed at a time: few enough to stay in the processor's cache. */
const chunk = 4 * 4096;
/** Filled anew before every reading. */
const scratch = new Float32Array(chunk);

const mixers: Record<Exclude<BlendMode, "normal" | "dissolve">, Mixer> = {
  darken: separable.darken,
  multiply: separable.multiply,
  colorBurn: separable.colorBurn,
  linearBurn: separable.linearBurn,
  darkerColor: colors.darkerColor,
  lighten: separable.lighten,
  screen: separable.screen,
  colorDodge: separable.colorDodge,
  linearDodge: separable.linearDodge,
  lighterColor: colors.lighterColor,
  overlay: separable.overlay,
  softLight: separable.softLight,
  hardLight: separable.hardLight,
  vividLight: separable.vividLight,
  linearLight: separable.linearLight,
  pinLight: separable.pinLight,
  hardMix: separable.hardMix,
  difference: separable.difference,
  exclusion: separable.exclusion,
  subtract: separable.subtract,
  divide: separable.divide,
  hue: colors.hue,
  saturation: colors.saturation,
  color: colors.color,
  luminosity: colors.luminosity,
};

/**
 * Lays a source over a backdrop, which becomes the result. Both are interleaved RGBA, straight alpha, 0..1, of the
 * region's size; the source's alpha already holds its opacity and mask. PDF 1.7 (ISO 32000-1, 11.3.6):
 *
 *     αr = αb + αs − αb · αs
 *     Cr = (1 − αs/αr) · Cb + αs/αr · ((1 − αb) · Cs + αb · B(Cb, Cs))
 *
 * Opacity counts as Photoshop's Opacity does. Its Fill, which eight modes treat otherwise, has no place in a document.
 * @param region where the pixels lie in the document: dissolve's grain is fixed to it
 */
export function blendInto(
  backdrop: Float32Array,
  source: Float32Array,
  mode: BlendMode,
  region: Region,
): void {
  const length = 4 * region.width * region.height;
  if (mode === "dissolve") dissolveInto(backdrop, source, region);
  else if (mode === "normal") normalInto(backdrop, source, length);
  else
    for (let from = 0; from < length; from += chunk) {
      const to = Math.min(from + chunk, length);
      const part = backdrop.subarray(from, to);
      mixInto(part, source.subarray(from, to), mixers[mode], to - from);
    }
}

/** B(Cb, Cs) = Cs, for which the formula comes down to Cb + αs/αr · (Cs − Cb). */
function normalInto(
  backdrop: Float32Array,
  source: Float32Array,
  length: number,
): void {
  for (let i = 0; i < length; i += 4) {
    const as = source[i + 3]!;
    if (as === 0) continue;
    const ab = backdrop[i + 3]!;
    const ar = ab + as - ab * as;
    const k = as / ar;
    const r = backdrop[i]!;
    const g = backdrop[i + 1]!;
    const b = backdrop[i + 2]!;
    backdrop[i] = r + (source[i]! - r) * k;
    backdrop[i + 1] = g + (source[i + 1]! - g) * k;
    backdrop[i + 2] = b + (source[i + 2]! - b) * k;
    backdrop[i + 3] = ar;
  }
}

function mixInto(
  backdrop: Float32Array,
  source: Float32Array,
  mix: Mixer,
  length: number,
): void {
  mix(backdrop, source, scratch, length);
  for (let i = 0; i < length; i += 4) {
    const as = source[i + 3]!;
    if (as === 0) continue;
    const ab = backdrop[i + 3]!;
    const ar = ab + as - ab * as;
    const k = as / ar;
    for (let c = i; c < i + 3; c++) {
      const cb = backdrop[c]!;
      const cs = source[c]!;
      const cm = cs + (scratch[c]! - cs) * ab;
      backdrop[c] = cb + (cm - cb) * k;
    }
    backdrop[i + 3] = ar;
  }
}

/**
 * A source pixel covers its place wholly or not at all, as often as its alpha says. The grain is a hash of the place in
 * the document: the same in every render, on every machine. Photoshop's own grain is not published.
 */
function dissolveInto(
  backdrop: Float32Array,
  source: Float32Array,
  region: Region,
): void {
  let i = 0;
  for (let y = region.y; y < region.y + region.height; y++)
    for (let x = region.x; x < region.x + region.width; x++, i += 4) {
      if (grainAt(x, y) >= source[i + 3]!) continue;
      backdrop[i] = source[i]!;
      backdrop[i + 1] = source[i + 1]!;
      backdrop[i + 2] = source[i + 2]!;
      backdrop[i + 3] = 1;
    }
}

/** Even noise in [0, 1): the place's bits through the finaliser of MurmurHash3. */
function grainAt(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
