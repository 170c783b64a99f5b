import type { Raster } from "../raster.ts";
import { type Coverage, evenCoverage, trimmed } from "./coverage.ts";
import type { Point } from "./polygon.ts";

export interface WandOptions {
  /** Largest difference in any channel that still counts as the same colour, 0 to 255. */
  readonly tolerance: number;
  /** Only what hangs together with the point, side by side; else that colour wherever it is. */
  readonly contiguous: boolean;
  readonly antiAlias: boolean;
}

/**
 * What has the colour of a point.
 * @param picture RGBA, its top left corner at (0, 0)
 * @param at whole pixels
 * @returns null where the point lies outside the picture
 */
export function magicWand(
  picture: Raster<Uint8Array>,
  at: Point,
  options: WandOptions,
): Coverage | null {
  const { width, height } = picture;
  if (at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return null;
  const like = likeness(picture, at, options.tolerance);
  const found = evenCoverage({ x: 0, y: 0, width, height });
  if (options.contiguous) fill(found, at, like);
  else
    for (let i = 0; i < found.samples.length; i++)
      if (like(i)) found.samples[i] = 255;
  const part = trimmed(found);
  return part && options.antiAlias ? softened(part, found) : part;
}

/** Tells of a pixel, by its index, whether its colour is near that of `at`. Where both are clear, colour is nothing. */
function likeness(
  { width, samples }: Raster<Uint8Array>,
  at: Point,
  tolerance: number,
): (index: number) => boolean {
  const seed = (at.y * width + at.x) * 4;
  const r = samples[seed]!;
  const g = samples[seed + 1]!;
  const b = samples[seed + 2]!;
  const a = samples[seed + 3]!;
  return (index) => {
    const i = index * 4;
    const alpha = samples[i + 3]!;
    if (a === 0 && alpha === 0) return true;
    return (
      Math.abs(alpha - a) <= tolerance &&
      Math.abs(samples[i]! - r) <= tolerance &&
      Math.abs(samples[i + 1]! - g) <= tolerance &&
      Math.abs(samples[i + 2]! - b) <= tolerance
    );
  };
}

/** Fills by whole runs of a row (Smith, "Tint Fill", SIGGRAPH 1979): every pixel is looked at a few times at most. */
function fill(
  { width, height, samples }: Coverage,
  at: Point,
  like: (index: number) => boolean,
): void {
  const waiting = [at.y * width + at.x];
  const open = (index: number) => samples[index] === 0 && like(index);
  for (let seed = waiting.pop(); seed !== undefined; seed = waiting.pop()) {
    if (samples[seed] !== 0) continue;
    const row = seed - (seed % width);
    let left = seed;
    while (left > row && open(left - 1)) left--;
    let right = seed;
    while (right < row + width - 1 && open(right + 1)) right++;
    samples.fill(255, left, right + 1);
    for (const beside of [-width, width]) {
      if (row + beside < 0 || row + beside >= width * height) continue;
      let inRun = false;
      for (let i = left + beside; i <= right + beside; i++) {
        const isOpen = open(i);
        if (isOpen && !inRun) waiting.push(i);
        inRun = isOpen;
      }
    }
  }
}

/**
 * The edge as the mean over 3 × 3 pixels, weighted 1 2 1 each way: three quarters inside it, one quarter outside.
 * @param part of `whole`, which holds nothing else
 */
function softened(part: Coverage, whole: Coverage): Coverage {
  const region = {
    x: Math.max(0, part.x - 1),
    y: Math.max(0, part.y - 1),
    width: 0,
    height: 0,
  };
  region.width = Math.min(whole.width, part.x + part.width + 1) - region.x;
  region.height = Math.min(whole.height, part.y + part.height + 1) - region.y;
  const out = evenCoverage(region);
  const { width, height, samples } = whole;
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row;
    const above = Math.max(0, y - 1) * width;
    const here = y * width;
    const below = Math.min(height - 1, y + 1) * width;
    const column = (x: number) =>
      samples[above + x]! + 2 * samples[here + x]! + samples[below + x]!;
    let before = column(Math.max(0, region.x - 1));
    let now = column(region.x);
    for (let at = 0; at < region.width; at++) {
      const after = column(Math.min(width - 1, region.x + at + 1));
      out.samples[row * region.width + at] =
        (before + 2 * now + after + 8) >> 4;
      before = now;
      now = after;
    }
  }
  return out;
}
