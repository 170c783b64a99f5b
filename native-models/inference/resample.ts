import { mirrored } from "../networks/pad-to-size.ts";

/**
 * How the pixels along one axis of a resized picture are weighted sums of `size` neighbouring ones of the original:
 * pixel i is Σ weights[i·size + k] · original[first[i] + k].
 */
export interface Taps {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  readonly size: number;
}

/** RGB in 0..1 of the pixels `begin`..`end` of row `y`; what it returns is overwritten by the next call. */
export type RowReader = (y: number, begin: number, end: number) => Float32Array;

/** Rows or columns, from `begin` to before `end`. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** Samples that are read between two pauses: some ten milliseconds' work. */
const samplesPerPause = 1_000_000;

/**
 * Cubic convolution (Keys 1981, a = −1/2), widened when it shrinks so that nothing aliases; weights beyond the edge are
 * left out and the rest scaled to a sum of one.
 * @param from, to pixels before and after
 * @param padded where longer than `to`, the resized picture goes on as its own mirror image
 */
export function axisTaps(from: number, to: number, padded = to): Taps {
  const ratio = from / to;
  const widening = Math.max(1, ratio);
  const size = from === to ? 1 : Math.min(from, Math.ceil(4 * widening) + 1);
  const first = new Int32Array(padded);
  const weights = new Float32Array(padded * size);
  for (let index = 0; index < padded; index++) {
    const centre = (mirrored(index, to) + 0.5) * ratio - 0.5;
    const start = Math.ceil(centre - 2 * widening);
    const begin = size === 1 ? Math.round(centre) : start;
    first[index] = Math.min(Math.max(0, begin), from - size);
    const own = weights.subarray(index * size, (index + 1) * size);
    let sum = 0;
    for (let k = 0; k < size; k++) {
      own[k] = keys((first[index]! + k - centre) / widening);
      sum += own[k]!;
    }
    for (let k = 0; k < size; k++) own[k]! /= sum;
  }
  return { first, weights, size };
}

/** The pixels of the original that a part of the resized picture needs. */
export function neededRange({ first, size }: Taps, part: Range): Range {
  const starts = first.subarray(part.begin, part.end);
  let begin = Infinity;
  let end = 0;
  for (const start of starts) {
    begin = Math.min(begin, start);
    end = Math.max(end, start + size);
  }
  return { begin, end };
}

/**
 * Resizes a part of a picture, row by row: only the rows that the filter spans are in memory.
 * @param emit called with each row of the part from the top, RGB in 0..1; the array is overwritten by the next one
 * @param pause awaited every so often; may throw to give up
 */
export async function resample(
  read: RowReader,
  { rows, columns }: { rows: Taps; columns: Taps },
  part: { rows: Range; columns: Range },
  emit: (y: number, row: Float32Array) => void,
  pause: () => Promise<void>,
): Promise<void> {
  const width = part.columns.end - part.columns.begin;
  const source = neededRange(columns, part.columns);
  const narrowed = new Map<number, Float32Array>();
  const out = new Float32Array(width * 3);
  let samples = 0;
  for (let y = part.rows.begin; y < part.rows.end; y++) {
    const start = rows.first[y]!;
    out.fill(0);
    for (let k = 0; k < rows.size; k++) {
      const weight = rows.weights[y * rows.size + k]!;
      if (weight === 0) continue;
      let row = narrowed.get(start + k);
      if (row === undefined) {
        const pixels = read(start + k, source.begin, source.end);
        row = resampleRow(pixels, source.begin, columns, part.columns);
        narrowed.set(start + k, row);
        samples += pixels.length;
      }
      for (let i = 0; i < out.length; i++) out[i]! += weight * row[i]!;
    }
    // A cubic overshoots at edges.
    for (let i = 0; i < out.length; i++) {
      out[i] = Math.min(1, Math.max(0, out[i]!));
    }
    emit(y, out);
    const next = neededRange(rows, { begin: y + 1, end: part.rows.end }).begin;
    for (const kept of narrowed.keys()) {
      if (kept < next) narrowed.delete(kept);
    }
    if (samples >= samplesPerPause) {
      samples = 0;
      await pause();
    }
  }
}

function resampleRow(
  pixels: Float32Array,
  offset: number,
  { first, weights, size }: Taps,
  { begin, end }: Range,
): Float32Array {
  const out = new Float32Array((end - begin) * 3);
  for (let x = begin; x < end; x++) {
    const from = (first[x]! - offset) * 3;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0; k < size; k++) {
      const weight = weights[x * size + k]!;
      red += weight * pixels[from + 3 * k]!;
      green += weight * pixels[from + 3 * k + 1]!;
      blue += weight * pixels[from + 3 * k + 2]!;
    }
    const to = (x - begin) * 3;
    out[to] = red;
    out[to + 1] = green;
    out[to + 2] = blue;
  }
  return out;
}

/** Keys's kernel with a = −1/2. */
function keys(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
  return 0;
}
