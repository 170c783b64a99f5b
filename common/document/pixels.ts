import type { Raster } from "../raster.ts";
import type { Region } from "./region.ts";

/** A layer's own pixels, before its transform: something to read rectangles from. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Whether every alpha is 1. */
  readonly opaque: boolean;
  /**
   * Writes a rectangle of pixels as RGBA, straight alpha, 0..1. Float samples outside that range are clipped, and NaN
   * becomes 0.
   * @param region inside the pixels
   * @param offset sample of `out` at which the first row starts
   * @param stride samples from one row of `out` to the next
   */
  read(region: Region, out: Float32Array, offset: number, stride: number): void;
}

/** The pixels of a raster of any kind; grey becomes R = G = B, and no alpha becomes 1. */
export function pixelsOf(raster: Raster): Pixels {
  const { width, height, channels, samples } = raster;
  const clip = samples instanceof Float32Array;
  return {
    width,
    height,
    opaque: channels === 1 || channels === 3,
    read(region, out, offset, stride) {
      for (let row = 0; row < region.height; row++) {
        const from = ((region.y + row) * width + region.x) * channels;
        const to = offset + row * stride;
        if (channels === 4)
          readColorAlpha(samples, from, out, to, region.width);
        else if (channels === 3)
          readColor(samples, from, out, to, region.width);
        else if (channels === 2)
          readGreyAlpha(samples, from, out, to, region.width);
        else readGrey(samples, from, out, to, region.width);
        if (clip) clipRange(out, to, to + 4 * region.width);
      }
    },
  };
}

/** What a sample is to be multiplied by to lie in 0..1. */
export function sampleScale(samples: Raster["samples"]): number {
  if (samples instanceof Uint8Array) return 1 / 255;
  if (samples instanceof Uint16Array) return 1 / 65535;
  return 1;
}

type RowReader = (
  samples: Raster["samples"],
  from: number,
  out: Float32Array,
  to: number,
  count: number,
) => void;

const readColorAlpha: RowReader = (samples, from, out, to, count) => {
  const scale = sampleScale(samples);
  for (let i = 0; i < 4 * count; i++) out[to + i] = samples[from + i]! * scale;
};

const readColor: RowReader = (samples, from, out, to, count) => {
  const scale = sampleScale(samples);
  for (let n = 0, s = from, o = to; n < count; n++, s += 3, o += 4) {
    out[o] = samples[s]! * scale;
    out[o + 1] = samples[s + 1]! * scale;
    out[o + 2] = samples[s + 2]! * scale;
    out[o + 3] = 1;
  }
};

const readGreyAlpha: RowReader = (samples, from, out, to, count) => {
  const scale = sampleScale(samples);
  for (let n = 0, s = from, o = to; n < count; n++, s += 2, o += 4) {
    out.fill(samples[s]! * scale, o, o + 3);
    out[o + 3] = samples[s + 1]! * scale;
  }
};

const readGrey: RowReader = (samples, from, out, to, count) => {
  const scale = sampleScale(samples);
  for (let n = 0, o = to; n < count; n++, o += 4) {
    out.fill(samples[from + n]! * scale, o, o + 3);
    out[o + 3] = 1;
  }
};

function clipRange(out: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const value = out[i]!;
    // Written so that NaN fails the first comparison and becomes 0.
    out[i] = value > 0 ? Math.min(value, 1) : 0;
  }
}
