import { intersect, type Region, unite } from "../document/region.ts";
import type { Coverage } from "./coverage.ts";
import type { Point } from "./polygon.ts";
import { StrokePath, type StrokePoint } from "./stroke-path.ts";

export interface Brush {
  /** Diameter in document pixels. */
  readonly size: number;
  /** 1 is sharp to the rim, 0 fades from the middle. */
  readonly hardness: number;
  /** What one touch leaves of what a full one would, above 0, at most 1. */
  readonly flow: number;
  /** How much the brush lags behind the pen, 0 to 1. */
  readonly smoothing: number;
  /** Whether a light hand makes a thin line. */
  readonly pressure: boolean;
}

/** Touches of a brush, for each diameter of it. */
const touchesPerDiameter = 10;
const closestTouches = 0.5;

/** The lightest hand still leaves so much of the brush's size. */
const thinnest = 0.05;

const full = 65_535;

/**
 * A stroke in progress, in a buffer of its own: what is painted on stays untouched until `layStroke` brings both
 * together, so that a stroke can be taken back. However its points are handed over, one by one or many at once, the
 * outcome is the same, and each call says which pixels it changed.
 */
export class BrushStroke {
  readonly region: Region;
  /** How much paint lies on each pixel of the region, 0 to 65,535: light flows need more steps than a byte has. */
  readonly paint: Uint16Array;
  readonly #brush: Brush;
  readonly #path: StrokePath;

  /** @param region that can be painted on; what falls outside is lost */
  constructor(brush: Brush, region: Region) {
    this.region = region;
    this.paint = new Uint16Array(region.width * region.height);
    this.#brush = brush;
    this.#path = new StrokePath(brush.smoothing, (pressure) =>
      Math.max(
        closestTouches,
        (2 * this.#radius(pressure)) / touchesPerDiameter,
      ),
    );
  }

  /** @returns the pixels that changed, or null */
  add(points: readonly StrokePoint[]): Region | null {
    return this.#touch(points.flatMap((point) => this.#path.add(point)));
  }

  /** Brings the stroke to where the pen left. @returns the pixels that changed, or null */
  end(): Region | null {
    return this.#touch(this.#path.end());
  }

  #radius(pressure: number): number {
    const share = this.#brush.pressure ? Math.max(thinnest, pressure) : 1;
    return (this.#brush.size * share) / 2;
  }

  #touch(touches: readonly StrokePoint[]): Region | null {
    let changed: Region | null = null;
    for (const touch of touches) {
      const part = this.#dab(touch, this.#radius(touch.pressure));
      if (part) changed = changed ? unite(changed, part) : part;
    }
    return changed;
  }

  #dab(centre: Point, radius: number): Region | null {
    const { hardness, flow } = this.#brush;
    // The rim is half a pixel beyond the radius, where an anti-aliased disc ends.
    const rim = radius + 0.5;
    const ramp = Math.max(1, radius * (1 - hardness));
    const inner = Math.max(0, rim - ramp);
    const x = Math.floor(centre.x - rim);
    const y = Math.floor(centre.y - rim);
    const part = intersect(this.region, {
      x,
      y,
      width: Math.ceil(centre.x + rim) - x,
      height: Math.ceil(centre.y + rim) - y,
    });
    if (part === null) return null;
    // A disc of less than a pixel covers less than one.
    const strength = full * flow * Math.min(1, 2 * radius);
    const { width } = this.region;
    for (let row = part.y; row < part.y + part.height; row++) {
      const dy = row + 0.5 - centre.y;
      let i = (row - this.region.y) * width + part.x - this.region.x;
      for (let column = 0; column < part.width; column++, i++) {
        const dx = part.x + column + 0.5 - centre.x;
        const squared = dx * dx + dy * dy;
        if (squared >= rim * rim) continue;
        let share = 1;
        if (squared > inner * inner) {
          const t = (rim - Math.sqrt(squared)) / ramp;
          share = t >= 1 ? 1 : t * t * (3 - 2 * t);
        }
        const there = this.paint[i]!;
        this.paint[i] =
          there + Math.round(((full - there) / full) * strength * share);
      }
    }
    return part;
  }
}

/**
 * Brings a stroke and what it is painted on together, in one part.
 * @param out of the stroke's region, written only within the part
 * @param base what was there before the stroke, of the same region
 * @param how whether the paint chooses, or takes away from what is chosen
 * @param within of the same region; the paint counts only as far as this is chosen. null: everywhere
 */
export function layStroke(
  out: Coverage,
  base: Coverage,
  { paint, region }: BrushStroke,
  part: Region,
  how: "show" | "hide",
  within: Coverage | null,
): void {
  for (let y = part.y; y < part.y + part.height; y++) {
    let i = (y - region.y) * region.width + part.x - region.x;
    for (let column = 0; column < part.width; column++, i++) {
      const held = within === null ? 1 : within.samples[i]! / 255;
      const share = (paint[i]! / full) * held;
      const before = base.samples[i]!;
      out.samples[i] = Math.round(
        how === "show" ? before + (255 - before) * share : before * (1 - share),
      );
    }
  }
}
