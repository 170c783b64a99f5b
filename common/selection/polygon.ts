import { intersect, type Region } from "../document/region.ts";
import { type Coverage, evenCoverage } from "./coverage.ts";

/** In document pixels; pixel (0, 0) reaches from (0, 0) to (1, 1). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines at which a row of pixels is cut; across a line the area is exact. */
const linesPerRow = 16;

interface Edge {
  readonly top: number;
  readonly bottom: number;
  /** x where y is 0. */
  readonly x: number;
  /** Change of x for each y. */
  readonly slope: number;
  readonly winding: 1 | -1;
}

/**
 * The area of a polygon, anti-aliased: each pixel gets the part of it that lies inside. The last point joins the first;
 * where the outline crosses itself, all that it goes round counts as inside (non-zero winding).
 * @returns null where nothing of it lies within the region
 */
export function fillPolygon(
  points: readonly Point[],
  within: Region,
): Coverage | null {
  const region = intersect(boundsOfPoints(points), within);
  if (region === null) return null;
  const out = evenCoverage(region);
  const edges = edgesOf(points).sort((a, b) => a.top - b.top);
  const change = new Float32Array(region.width + 2);
  let next = 0;
  let active: Edge[] = [];
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row;
    active = active.filter((edge) => edge.bottom > y);
    for (; next < edges.length && edges[next]!.top < y + 1; next++)
      if (edges[next]!.bottom > y) active.push(edges[next]!);
    if (active.length === 0) continue;
    change.fill(0);
    for (let line = 0; line < linesPerRow; line++)
      addLine(active, y + (line + 0.5) / linesPerRow, region, change);
    let area = 0;
    const start = row * region.width;
    for (let column = 0; column < region.width; column++) {
      area += change[column]!;
      out.samples[start + column] = Math.round(area * (255 / linesPerRow));
    }
  }
  return out;
}

/** Adds the spans of one line that lie inside, as changes of the area from pixel to pixel. */
function addLine(
  edges: readonly Edge[],
  y: number,
  region: Region,
  change: Float32Array,
): void {
  const crossings = edges
    .filter((edge) => edge.top <= y && edge.bottom > y)
    .map(({ x, slope, winding }) => ({
      x: Math.min(region.width, Math.max(0, x + slope * y - region.x)),
      winding,
    }))
    .sort((a, b) => a.x - b.x);
  let winding = 0;
  for (const crossing of crossings) {
    const before = winding;
    winding += crossing.winding;
    if (before === 0) addChange(change, crossing.x, 1);
    else if (winding === 0) addChange(change, crossing.x, -1);
  }
}

function addChange(change: Float32Array, x: number, by: 1 | -1): void {
  const column = Math.floor(x);
  const share = x - column;
  change[column]! += by * (1 - share);
  change[column + 1]! += by * share;
}

function edgesOf(points: readonly Point[]): Edge[] {
  return points.flatMap((from, index): Edge[] => {
    const to = points[(index + 1) % points.length]!;
    if (from.y === to.y) return [];
    const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
    const slope = (lower.x - upper.x) / (lower.y - upper.y);
    return [
      {
        top: upper.y,
        bottom: lower.y,
        x: upper.x - slope * upper.y,
        slope,
        winding: from.y < to.y ? 1 : -1,
      },
    ];
  });
}

/** Whole pixels around points. */
function boundsOfPoints(points: readonly Point[]): Region {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const [x, y] = [Math.floor(left), Math.floor(top)];
  return { x, y, width: Math.ceil(right) - x, height: Math.ceil(bottom) - y };
}
