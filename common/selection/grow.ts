import { intersect, type Region } from "../document/region.ts";
import { inverted } from "./combine.ts";
import { type Coverage, coverageOver } from "./coverage.ts";
import { nearestSite } from "./nearest-site.ts";

/**
 * Moves the edge of a selection outward, or inward, by the same distance everywhere. An anti-aliased edge stays one; a
 * feathered edge becomes one, there where it was half: grow first, then feather.
 * @param by pixels; below 0 it shrinks, and then the document's own edges hold it no tighter than they did
 * @param within the document
 */
export function grow(coverage: Coverage, by: number, within: Region): Coverage {
  if (by === 0) return coverage;
  if (by > 0) return grown(coverage, by, within);
  return inverted(grown(inverted(coverage, within), -by, within), within);
}

function grown(coverage: Coverage, by: number, within: Region): Coverage {
  const margin = Math.ceil(by) + 1;
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
  const shares = sharesOf(out);
  const { width, height } = region;
  const nearest = nearestSite(shares, width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const site = nearest[i]!;
      if (site < 0) continue;
      const column = site % width;
      const away = distance(column - x, (site - column) / width - y);
      const left = by + shares[site]! / 255 - away;
      out.samples[i] = left >= 1 ? 255 : left > 0 ? Math.round(left * 255) : 0;
    }
  }
  return out;
}

/** What counts as chosen, and how much of a pixel: all of it but along anti-aliased edges, which touch a full pixel. */
function sharesOf({ width, height, samples }: Coverage): Uint8Array {
  return samples.map((value, i) => {
    if (value === 0 || value === 255) return value;
    if (touchesFull(samples, width, height, i)) return value;
    return value >= 128 ? 255 : 0;
  });
}

function touchesFull(
  samples: Uint8Array,
  width: number,
  height: number,
  at: number,
): boolean {
  const column = at % width;
  const row = (at - column) / width;
  const right = Math.min(width - 1, column + 1);
  const bottom = Math.min(height - 1, row + 1);
  for (let y = Math.max(0, row - 1); y <= bottom; y++)
    for (let x = Math.max(0, column - 1); x <= right; x++)
      if (samples[y * width + x] === 255) return true;
  return false;
}

/** `Math.hypot` guards against overflow, at several times the cost. */
function distance(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
