import type { Raster } from "../../common/raster.ts";
import { cannyEdges } from "./canny.ts";

/** Thresholds of the edge detector, in units of 8-bit grey's Sobel response. */
const [low, high] = [100, 200];
/** How far edges are widened, and how far the blur looks, in pixels: 5x5 squares. */
const reach = 2;
/** 5 taps of a Gaussian of deviation 1.1, in sixteenths. */
const gaussian = [1, 4, 6, 4, 1] as const;

/**
 * A drawing with its clear edges blurred away, for CartoonGAN's discriminator to refuse (Chen, Lai and Liu 2018, section
 * 3.2.1: S(e) from S(c)), so that G learns that edges matter: (1) Canny's detector with thresholds 100 and 200, (2)
 * dilation of the edges by 5x5, (3) Gaussian smoothing by 5x5 inside them.
 * @param drawing RGB, 8 bit; it is left as it is
 */
export function smoothEdges({
  width,
  height,
  channels,
  samples,
}: Raster): Raster<Uint8Array<ArrayBuffer>> {
  if (channels !== 3 || !(samples instanceof Uint8Array)) {
    throw new TypeError("Edges are smoothed in RGB with 8 bits a channel.");
  }
  const grey = greyOf(samples, width * height);
  const edges = cannyEdges(grey, width, height, low, high);
  const region = dilated(edges, width, height);
  const smoothed = Uint8Array.from(samples);
  const columns = new Int32Array(2 * reach + 1);
  for (let y = 0; y < height; y++) {
    const rows = gaussian.map((_, k) => mirrored(y + k - reach, height));
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (region[i] === 0) continue;
      for (let k = 0; k < columns.length; k++) {
        columns[k] = mirrored(x + k - reach, width);
      }
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let a = 0; a < gaussian.length; a++) {
          for (let b = 0; b < gaussian.length; b++) {
            const sample = samples[(rows[a]! * width + columns[b]!) * 3 + c]!;
            sum += gaussian[a]! * gaussian[b]! * sample;
          }
        }
        smoothed[i * 3 + c] = (sum + 128) >> 8;
      }
    }
  }
  return { width, height, channels: 3, samples: smoothed };
}

/** Luma (ITU-R BT.601) in whole numbers, to the bit as OpenCV computes it. */
function greyOf(samples: Uint8Array, pixels: number): Uint8Array {
  const grey = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [
      samples[3 * i]!,
      samples[3 * i + 1]!,
      samples[3 * i + 2]!,
    ];
    grey[i] = (9798 * r + 19235 * g + 3735 * b + 2 ** 14) >> 15;
  }
  return grey;
}

/** 1 within `reach` of an edge, rows and columns alike. */
function dilated(edges: Uint8Array, width: number, height: number): Uint8Array {
  const region = new Uint8Array(width * height);
  for (const [i, edge] of edges.entries()) {
    if (edge === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const from = Math.max(0, x - reach);
    const to = Math.min(width, x + reach + 1);
    const last = Math.min(height - 1, y + reach);
    for (let row = Math.max(0, y - reach); row <= last; row++) {
      region.fill(1, row * width + from, row * width + to);
    }
  }
  return region;
}

/** The index that `i` shows when the line is mirrored at both ends, without repeating them. */
function mirrored(i: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const at = ((i % period) + period) % period;
  return at < length ? at : period - at;
}
