import type { Region } from "../document/region.ts";
import { type Coverage, evenCoverage } from "./coverage.ts";
import type { Point } from "./polygon.ts";

/** All before `from`, nothing beyond `to`, evenly less on the way; measured at the middle of each pixel. */
export function linearGradient(
  region: Region,
  from: Point,
  to: Point,
): Coverage {
  const out = evenCoverage(region);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = (x: number, y: number) =>
    length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
  for (let row = 0; row < region.height; row++) {
    const start = row * region.width;
    const first = along(region.x + 0.5, region.y + row + 0.5);
    const step = length === 0 ? 0 : dx / length;
    for (let column = 0; column < region.width; column++) {
      const left = 1 - (first + column * step);
      out.samples[start + column] =
        left <= 0 ? 0 : left >= 1 ? 255 : Math.round(left * 255);
    }
  }
  return out;
}
