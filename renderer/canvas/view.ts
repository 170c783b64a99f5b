export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How the document lies in the window: `zoom` window pixels a document pixel, its top left corner at (x, y). */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const smallestZoom = 0.02;
export const largestZoom = 32;

/** The stops of zooming by key or button, as painters know them. */
const stops = [
  0.02, 0.03, 0.05, 0.0667, 0.1, 0.125, 0.1667, 0.25, 0.3333, 0.5, 0.6667, 1,
  1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32,
];

/** So much of the document, in window pixels, always stays in the window. */
const margin = 64;

/** @returns `zoom` within what the canvas can show */
function clampZoom(zoom: number): number {
  return Math.min(largestZoom, Math.max(smallestZoom, zoom));
}

/** The stop after `zoom` in a direction; the last stop stays. */
export function nextStop(zoom: number, direction: "in" | "out"): number {
  // A zoom that is a stop but for rounding counts as that stop.
  const near = 1.001;
  const next =
    direction === "in"
      ? stops.find((stop) => stop > zoom * near)
      : stops.findLast((stop) => stop < zoom / near);
  return next ?? (direction === "in" ? largestZoom : smallestZoom);
}

/** The point of the document that lies under a point of the window. */
export function toDocument(view: View, point: Point): Point {
  return {
    x: (point.x - view.x) / view.zoom,
    y: (point.y - view.y) / view.zoom,
  };
}

/** The point of the window over which a point of the document lies. */
export function toWindow(view: View, point: Point): Point {
  return { x: point.x * view.zoom + view.x, y: point.y * view.zoom + view.y };
}

/** Zooms so that what lies under `anchor` (window pixels) stays there. */
export function zoomAbout(view: View, anchor: Point, zoom: number): View {
  const next = clampZoom(zoom);
  const held = toDocument(view, anchor);
  return {
    zoom: next,
    x: anchor.x - held.x * next,
    y: anchor.y - held.y * next,
  };
}

/** The whole document in the middle of the window, `padding` pixels from its edges; never enlarged above 100 %. */
export function fitView(document: Size, window: Size, padding: number): View {
  const room = (side: number) => Math.max(1, side - 2 * padding);
  const zoom = clampZoom(
    Math.min(
      1,
      room(window.width) / document.width,
      room(window.height) / document.height,
    ),
  );
  return {
    zoom,
    x: (window.width - document.width * zoom) / 2,
    y: (window.height - document.height * zoom) / 2,
  };
}

/** Keeps the document from being lost outside the window. */
export function clampView(view: View, document: Size, window: Size): View {
  const hold = (start: number, length: number, side: number) => {
    const kept = Math.min(margin, length, side);
    return Math.min(side - kept, Math.max(kept - length, start));
  };
  return {
    zoom: view.zoom,
    x: hold(view.x, document.width * view.zoom, window.width),
    y: hold(view.y, document.height * view.zoom, window.height),
  };
}

/**
 * The scale at which the document is composited for a view: the smallest power of two that still gives every window
 * pixel its own, and no larger than lets the longest side be `limit`.
 * @param pixelRatio device pixels a window pixel
 */
export function compositingScale(
  document: Size,
  zoom: number,
  pixelRatio: number,
  limit: number,
): number {
  const longest = Math.max(document.width, document.height);
  const most = Math.min(1, limit / longest);
  const needed = Math.min(1, zoom * pixelRatio);
  const power = 2 ** Math.ceil(Math.log2(needed) - 1e-9);
  return Math.min(most, power);
}

/** A zoom for people: "67 %". */
export function zoomLabel(zoom: number): string {
  const percent = zoom * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
