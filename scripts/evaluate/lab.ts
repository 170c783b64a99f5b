import * as tf from "@tensorflow/tfjs-core";
import type { Raster } from "../../common/raster.ts";

/** The white of D65, 2° (IEC 61966-2-1). */
const white = [0.95047, 1, 1.08883] as const;

const linear = Float32Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/**
 * CIELAB (CIE 15) of an sRGB picture, divided by 100.
 * @param picture RGB, 8 bit
 * @returns [1, h, w, 3]: L* in 0..1, a* and b* within ±1.3
 */
export function labFrom({
  width,
  height,
  channels,
  samples,
}: Raster): tf.Tensor4D {
  if (channels !== 3 || !(samples instanceof Uint8Array)) {
    throw new TypeError("Pictures are judged as RGB with 8 bits a channel.");
  }
  const values = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i += 3) {
    const r = linear[samples[i]!]!;
    const g = linear[samples[i + 1]!]!;
    const b = linear[samples[i + 2]!]!;
    const x = f((0.412453 * r + 0.35758 * g + 0.180423 * b) / white[0]);
    const y = f((0.212671 * r + 0.71516 * g + 0.072169 * b) / white[1]);
    const z = f((0.019334 * r + 0.119193 * g + 0.950227 * b) / white[2]);
    values[i] = 1.16 * y - 0.16;
    values[i + 1] = 5 * (x - y);
    values[i + 2] = 2 * (y - z);
  }
  return tf.tensor4d(values, [1, height, width, 3]);
}

function f(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}
