import { intersect, type Region } from "../document/region.ts";

/**
 * How much of each pixel of a region is chosen: one byte a pixel, row by row, 0 nothing and 255 all of it. Selections,
 * and masks while they are worked on, are this; nothing outside the region is chosen unless a function says otherwise.
 */
export interface Coverage extends Region {
  readonly samples: Uint8Array;
}

/** @param value of every pixel, 0 to 255 */
export function evenCoverage(
  { x, y, width, height }: Region,
  value = 0,
): Coverage {
  const samples = new Uint8Array(width * height);
  if (value !== 0) samples.fill(value);
  return { x, y, width, height, samples };
}

/**
 * A copy over another region: cut where that is smaller, filled up where it is larger.
 * @param outside what lies around the coverage's own region, 0 to 255
 */
export function coverageOver(
  coverage: Coverage,
  region: Region,
  outside = 0,
): Coverage {
  const out = evenCoverage(region, outside);
  const part = intersect(coverage, region);
  if (part === null) return out;
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = (y - coverage.y) * coverage.width + part.x - coverage.x;
    const to = (y - region.y) * region.width + part.x - region.x;
    out.samples.set(coverage.samples.subarray(from, from + part.width), to);
  }
  return out;
}

/** The smallest region that holds every pixel that is not `outside`, or null where there is none. */
export function boundsOf(coverage: Coverage, outside = 0): Region | null {
  const { width, height, samples } = coverage;
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let first = 0;
    while (first < width && samples[row + first] === outside) first++;
    if (first === width) continue;
    let last = width - 1;
    while (samples[row + last] === outside) last--;
    if (top < 0) top = y;
    bottom = y;
    if (first < left) left = first;
    if (last > right) right = last;
  }
  if (top < 0) return null;
  return {
    x: coverage.x + left,
    y: coverage.y + top,
    width: right - left + 1,
    height: bottom - top + 1,
  };
}

/** The coverage without the rows and columns at its edges that are `outside`, or null where nothing else is there. */
export function trimmed(coverage: Coverage, outside = 0): Coverage | null {
  const bounds = boundsOf(coverage, outside);
  if (bounds === null) return null;
  const whole =
    bounds.width === coverage.width && bounds.height === coverage.height;
  return whole ? coverage : coverageOver(coverage, bounds, outside);
}
