import type { Point } from "./polygon.ts";

/** How far, in pixels, a polygon may stray from the ellipse that it stands for. */
const tolerance = 0.02;

/** The corners of the rectangle between two points. */
export function rectangleOutline(a: Point, b: Point): Point[] {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}

/** The ellipse in the rectangle between two points, as a polygon that no eye can tell from it. */
export function ellipseOutline(a: Point, b: Point): Point[] {
  const [cx, cy] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const [rx, ry] = [Math.abs(b.x - a.x) / 2, Math.abs(b.y - a.y) / 2];
  const radius = Math.max(rx, ry, 2 * tolerance);
  const count = Math.ceil(Math.PI / Math.acos(1 - tolerance / radius)) + 3;
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) };
  });
}
