import { intersect, type Region } from "../document/region.ts";
import { type Coverage, coverageOver } from "./coverage.ts";

/**
 * Deriche's fit of four exponentials to a Gaussian ("Recursively implementing the Gaussian and its derivatives",
 * INRIA 1893, 1993, section 4): (α cos ωn/σ + β sin ωn/σ) e^(−λn/σ), twice.
 */
const terms = [
  { alpha: 1.68, beta: 3.735, lambda: 1.783, omega: 0.6318 },
  { alpha: -0.6803, beta: -0.2598, lambda: 1.723, omega: 1.997 },
] as const;

/** Beyond so many σ the Gaussian is below half a 255th. */
const reach = 4;

/** y[i] = Σ ahead[k]·x[i−k] + … − Σ feedback[k]·y[i−1−k]; `back` for the way from the other end. */
interface Recursion {
  /** Of x[i] to x[i−3]. */
  readonly ahead: readonly [number, number, number, number];
  /** Of x[i+1] to x[i+4]. */
  readonly back: readonly [number, number, number, number];
  /** Of the four results before. */
  readonly feedback: readonly [number, number, number, number];
  /** What each way makes of an endless 1. */
  readonly aheadGain: number;
  readonly backGain: number;
}

/**
 * Softens the edges of a selection: convolution with a Gaussian, recursive, so that its cost does not depend on σ.
 * What lies at the edge of the document goes on beyond it, as far as the Gaussian sees.
 * @param sigma standard deviation in pixels, above 0; about half the width that the edge gets to either side
 * @param within the document: the result is wider than the coverage, but not wider than this
 */
export function feather(
  coverage: Coverage,
  sigma: number,
  within: Region,
): Coverage {
  const margin = Math.ceil(reach * sigma);
  const region = intersect(
    {
      x: coverage.x - margin,
      y: coverage.y - margin,
      width: coverage.width + 2 * margin,
      height: coverage.height + 2 * margin,
    },
    within,
  );
  if (region === null) return coverage;
  const out = coverageOver(coverage, region);
  const recursion = recursionFor(sigma);
  const values = Float32Array.from(out.samples);
  blurRows(values, region.width, region.height, recursion);
  blurColumns(values, region.width, region.height, recursion);
  for (let i = 0; i < values.length; i++) {
    // The fit overshoots by a hair, and bytes wrap round.
    const value = values[i]! + 0.5;
    out.samples[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return out;
}

function recursionFor(sigma: number): Recursion {
  const first = sectionFor(terms[0], sigma);
  const second = sectionFor(terms[1], sigma);
  // Both side by side, written as one fraction.
  const [a, b] = [first.d, second.d];
  const feedback = [
    a[0] + b[0],
    a[1] + a[0] * b[0] + b[1],
    a[0] * b[1] + a[1] * b[0],
    a[1] * b[1],
  ] as [number, number, number, number];
  const [m, n] = [first.n, second.n];
  const ahead = [
    m[0] + n[0],
    m[1] + m[0] * b[0] + n[1] + n[0] * a[0],
    m[0] * b[1] + m[1] * b[0] + n[0] * a[1] + n[1] * a[0],
    m[1] * b[1] + n[1] * a[1],
  ] as [number, number, number, number];
  const back = feedback.map(
    (d, k) => (ahead[k + 1] ?? 0) - d * ahead[0],
  ) as typeof ahead;
  const sum = (values: readonly number[]) => values.reduce((s, v) => s + v, 0);
  const settle = 1 + sum(feedback);
  const gain = (sum(ahead) + sum(back)) / settle;
  const scaled = (values: readonly number[]) =>
    values.map((value) => value / gain) as typeof ahead;
  return {
    ahead: scaled(ahead),
    back: scaled(back),
    feedback,
    aheadGain: sum(ahead) / settle / gain,
    backGain: sum(back) / settle / gain,
  };
}

/** (n₀ + n₁/z) / (1 + d₁/z + d₂/z²) */
interface Section {
  readonly n: readonly [number, number];
  readonly d: readonly [number, number];
}

function sectionFor(
  { alpha, beta, lambda, omega }: (typeof terms)[number],
  sigma: number,
): Section {
  const decay = Math.exp(-lambda / sigma);
  const cos = Math.cos(omega / sigma);
  const sin = Math.sin(omega / sigma);
  return {
    n: [alpha, (beta * sin - alpha * cos) * decay],
    d: [-2 * decay * cos, decay * decay],
  };
}

function blurRows(
  values: Float32Array,
  width: number,
  height: number,
  { ahead, back, feedback, aheadGain, backGain }: Recursion,
): void {
  const [n0, n1, n2, n3] = ahead;
  const [m1, m2, m3, m4] = back;
  const [d1, d2, d3, d4] = feedback;
  const forward = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    const first = values[start]!;
    let x1 = first;
    let x2 = first;
    let x3 = first;
    let y1 = first * aheadGain;
    let y2 = y1;
    let y3 = y1;
    let y4 = y1;
    for (let i = 0; i < width; i++) {
      const x = values[start + i]!;
      const y =
        n0 * x +
        n1 * x1 +
        n2 * x2 +
        n3 * x3 -
        d1 * y1 -
        d2 * y2 -
        d3 * y3 -
        d4 * y4;
      forward[i] = y;
      x3 = x2;
      x2 = x1;
      x1 = x;
      y4 = y3;
      y3 = y2;
      y2 = y1;
      y1 = y;
    }
    const last = values[start + width - 1]!;
    let p1 = last;
    let p2 = last;
    let p3 = last;
    let p4 = last;
    y1 = last * backGain;
    y2 = y1;
    y3 = y1;
    y4 = y1;
    for (let i = width - 1; i >= 0; i--) {
      const y =
        m1 * p1 +
        m2 * p2 +
        m3 * p3 +
        m4 * p4 -
        d1 * y1 -
        d2 * y2 -
        d3 * y3 -
        d4 * y4;
      p4 = p3;
      p3 = p2;
      p2 = p1;
      p1 = values[start + i]!;
      y4 = y3;
      y3 = y2;
      y2 = y1;
      y1 = y;
      values[start + i] = forward[i]! + y;
    }
  }
}

/** Columns that are carried along side by side: their rows are then read in one go. */
const columnsAtOnce = 64;

function blurColumns(
  values: Float32Array,
  width: number,
  height: number,
  recursion: Recursion,
): void {
  const strip = new Float32Array(columnsAtOnce * height);
  for (let left = 0; left < width; left += columnsAtOnce) {
    const columns = Math.min(columnsAtOnce, width - left);
    for (let y = 0; y < height; y++)
      for (let column = 0; column < columns; column++)
        strip[column * height + y] = values[y * width + left + column]!;
    blurRows(strip, height, columns, recursion);
    for (let y = 0; y < height; y++)
      for (let column = 0; column < columns; column++)
        values[y * width + left + column] = strip[column * height + y]!;
  }
}
