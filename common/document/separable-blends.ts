/**
 * Writes B(cb, cs) of a blend mode, the mixture of backdrop and source colour, for each sample.
 * All three are interleaved RGBA, straight, 0..1, of `length` samples; what lands in `mixed`'s alpha has no meaning.
 */
export type Mixer = (
  backdrop: Float32Array,
  source: Float32Array,
  mixed: Float32Array,
  length: number,
) => void;

/*
 * The separable modes. Those of PDF 1.7 (ISO 32000-1, 11.3.5.2; the same in W3C Compositing and Blending 1, section 9)
 * are colorBurn, colorDodge, darken, difference, exclusion, hardLight, lighten, multiply, overlay, screen, softLight.
 * The others are Photoshop's own, without a standard; the formulas are the ones that other readers of PSD use.
 * One loop a mode: a loop shared by all would call its formula through a pointer for every sample.
 */

/** B = min(cb, cs) */
export const darken: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = Math.min(cb, cs);
  }
};

/** B = cb · cs */
export const multiply: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) mixed[i] = backdrop[i]! * source[i]!;
};

/** B = 1 where cb = 1, 0 where cs = 0, else 1 − min(1, (1 − cb) / cs) */
export const colorBurn: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) mixed[i] = burned(backdrop[i]!, source[i]!);
};

/** B = max(0, cb + cs − 1) */
export const linearBurn: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const sum = backdrop[i]! + source[i]! - 1;
    mixed[i] = Math.max(sum, 0);
  }
};

/** B = max(cb, cs) */
export const lighten: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = Math.max(cb, cs);
  }
};

/** B = cb + cs − cb · cs */
export const screen: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++)
    mixed[i] = screened(backdrop[i]!, source[i]!);
};

/** B = 0 where cb = 0, 1 where cs = 1, else min(1, cb / (1 − cs)) */
export const colorDodge: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) mixed[i] = dodged(backdrop[i]!, source[i]!);
};

/** B = min(1, cb + cs) */
export const linearDodge: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const sum = backdrop[i]! + source[i]!;
    mixed[i] = Math.min(sum, 1);
  }
};

/** B = hardLight(cs, cb), with backdrop and source exchanged */
export const overlay: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = cb <= 0.5 ? 2 * cb * cs : screened(2 * cb - 1, cs);
  }
};

/**
 * B = cb − (1 − 2cs) · cb · (1 − cb) where cs ≤ ½, else cb + (2cs − 1) · (D(cb) − cb) with
 * D(x) = ((16x − 12)x + 4)x where x ≤ ¼, else √x.
 * Photoshop takes D(x) = √x everywhere, which is up to 0.067 lighter where a light source lies on a dark backdrop; this is
 * PDF's definition, which canvases share.
 */
export const softLight: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    if (cs <= 0.5) mixed[i] = cb - (1 - 2 * cs) * cb * (1 - cb);
    else {
      const d = cb <= 0.25 ? ((16 * cb - 12) * cb + 4) * cb : Math.sqrt(cb);
      mixed[i] = cb + (2 * cs - 1) * (d - cb);
    }
  }
};

/** B = 2 · cb · cs where cs ≤ ½, else screen(cb, 2cs − 1) */
export const hardLight: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = cs <= 0.5 ? 2 * cb * cs : screened(cb, 2 * cs - 1);
  }
};

/** B = colorBurn(cb, 2cs) where cs ≤ ½, else colorDodge(cb, 2cs − 1) */
export const vividLight: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = cs <= 0.5 ? burned(cb, 2 * cs) : dodged(cb, 2 * cs - 1);
  }
};

/** B = cb + 2cs − 1, clipped to 0..1 */
export const linearLight: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const sum = backdrop[i]! + 2 * source[i]! - 1;
    mixed[i] = sum < 0 ? 0 : Math.min(sum, 1);
  }
};

/** B = min(cb, 2cs) where cs ≤ ½, else max(cb, 2cs − 1) */
export const pinLight: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = cs <= 0.5 ? Math.min(cb, 2 * cs) : Math.max(cb, 2 * cs - 1);
  }
};

/**
 * B = 1 where cb + cs > 1, else 0. The comparison leaves room for rounding, so that 8- and 16-bit levels whose sum is
 * exactly white fall on the dark side, as in Photoshop.
 */
export const hardMix: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++)
    mixed[i] = backdrop[i]! + source[i]! > 1 + 5e-6 ? 1 : 0;
};

/** B = |cb − cs| */
export const difference: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++)
    mixed[i] = Math.abs(backdrop[i]! - source[i]!);
};

/** B = cb + cs − 2 · cb · cs */
export const exclusion: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = cb + cs - 2 * cb * cs;
  }
};

/** B = max(0, cb − cs) */
export const subtract: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const rest = backdrop[i]! - source[i]!;
    mixed[i] = Math.max(rest, 0);
  }
};

/** B = min(1, cb / cs); where cs = 0 it is 0 for cb = 0 and else 1 */
export const divide: Mixer = (backdrop, source, mixed, length) => {
  for (let i = 0; i < length; i++) {
    const cb = backdrop[i]!;
    const cs = source[i]!;
    mixed[i] = cb === 0 ? 0 : cb >= cs ? 1 : cb / cs;
  }
};

function burned(cb: number, cs: number): number {
  if (cb >= 1) return 1;
  // Also the case of cs = 0.
  if (1 - cb >= cs) return 0;
  return 1 - (1 - cb) / cs;
}

function dodged(cb: number, cs: number): number {
  if (cb <= 0) return 0;
  // Also the case of cs = 1.
  if (cb >= 1 - cs) return 1;
  return cb / (1 - cs);
}

function screened(cb: number, cs: number): number {
  return cb + cs - cb * cs;
}
