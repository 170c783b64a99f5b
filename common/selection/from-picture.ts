import { luminosityOf } from "../document/color-blends.ts";
import type { Raster } from "../raster.ts";
import { type Coverage, evenCoverage } from "./coverage.ts";

export interface LuminosityRange {
  /** From which luminosity to which, 0 to 1. */
  readonly low: number;
  readonly high: number;
  /** Over how much of it either end fades out, beyond the range; 0 cuts. */
  readonly softness: number;
}

/**
 * What is as bright as asked: all of it within the range, fading at both ends; clear pixels as far as they are there.
 * @param picture RGBA, its top left corner at (0, 0)
 */
export function luminosityRange(
  picture: Raster<Uint8Array>,
  { low, high, softness }: LuminosityRange,
): Coverage {
  const shares = new Float32Array(256);
  for (let value = 0; value < 256; value++) {
    const away = Math.max(low - value / 255, value / 255 - high, 0);
    const soft = softness > 0 ? Math.max(0, 1 - away / softness) : 0;
    shares[value] = away === 0 ? 1 : soft;
  }
  return each(picture, (r, g, b, a) => {
    const luminosity = Math.min(255, Math.round(luminosityOf(r, g, b)));
    return Math.round(shares[luminosity]! * a);
  });
}

/** What is not clear. @param picture RGBA, its top left corner at (0, 0) */
export function opaquePart(picture: Raster<Uint8Array>): Coverage {
  return each(picture, (_r, _g, _b, a) => a);
}

function each(
  { width, height, samples }: Raster<Uint8Array>,
  share: (r: number, g: number, b: number, a: number) => number,
): Coverage {
  const out = evenCoverage({ x: 0, y: 0, width, height });
  for (let i = 0, s = 0; i < out.samples.length; i++, s += 4)
    out.samples[i] = share(
      samples[s]!,
      samples[s + 1]!,
      samples[s + 2]!,
      samples[s + 3]!,
    );
  return out;
}
