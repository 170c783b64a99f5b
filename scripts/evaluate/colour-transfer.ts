import type { Raster } from "../../common/raster.ts";

type Matrix = [number, number, number, number, number, number];

interface Colours {
  readonly mean: readonly number[];
  /** Lower triangle L of L·Lᵀ = covariance: l00, l10, l11, l20, l21, l22. */
  readonly root: Matrix;
}

/**
 * The baseline that changes nothing but colours: a picture's RGB get the mean and covariance of drawings' (Reinhard et
 * al. 2001 in the form with Cholesky factors of Gatys et al. 2016b, eq. 5).
 * @param drawings one or more; their pixels count alike
 */
export function transferColours(
  picture: Raster,
  drawings: readonly Raster[],
): Raster<Uint8Array> {
  const from = coloursOf([picture]);
  const to = coloursOf(drawings);
  const { samples } = picture;
  const result = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i += 3) {
    const white = whitened(from, samples[i]!, samples[i + 1]!, samples[i + 2]!);
    const [a, b, c, d, e, f] = to.root;
    const values = [
      a * white[0],
      b * white[0] + c * white[1],
      d * white[0] + e * white[1] + f * white[2],
    ];
    for (let k = 0; k < 3; k++) {
      result[i + k] = clamp(values[k]! + to.mean[k]!);
    }
  }
  const { width, height } = picture;
  return { width, height, channels: 3, samples: result };
}

/** L⁻¹ (x − mean), by forward substitution. */
function whitened(
  { mean, root: [a, b, c, d, e, f] }: Colours,
  red: number,
  green: number,
  blue: number,
): [number, number, number] {
  const x = (red - mean[0]!) / a;
  const y = (green - mean[1]! - b * x) / c;
  return [x, y, (blue - mean[2]! - d * x - e * y) / f];
}

function coloursOf(pictures: readonly Raster[]): Colours {
  let count = 0;
  const sum = [0, 0, 0];
  const products = [0, 0, 0, 0, 0, 0];
  for (const { samples } of pictures) {
    count += samples.length / 3;
    for (let i = 0; i < samples.length; i += 3) {
      for (let k = 0, at = 0; k < 3; k++) {
        sum[k]! += samples[i + k]!;
        for (let l = 0; l <= k; l++, at++) {
          products[at]! += samples[i + k]! * samples[i + l]!;
        }
      }
    }
  }
  const mean = sum.map((value) => value / count);
  const covariance = (at: number, k: number, l: number) =>
    products[at]! / count - mean[k]! * mean[l]! + (k === l ? 1e-3 : 0);
  const a = Math.sqrt(covariance(0, 0, 0));
  const b = covariance(1, 1, 0) / a;
  const c = Math.sqrt(covariance(2, 1, 1) - b * b);
  const d = covariance(3, 2, 0) / a;
  const e = (covariance(4, 2, 1) - d * b) / c;
  const f = Math.sqrt(covariance(5, 2, 2) - d * d - e * e);
  return { mean, root: [a, b, c, d, e, f] };
}

function clamp(value: number): number {
  return Math.round(Math.min(255, Math.max(0, value)));
}
