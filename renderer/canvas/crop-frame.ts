import { translation } from "../../common/document/affine.ts";
import { identityTransform } from "../../common/document/document.ts";
import type { Region } from "../../common/document/region.ts";
import type { SnapTargets } from "./box-maps.ts";
import type { Box } from "./transform-box.ts";
import type { Point } from "./view.ts";

/** How a frame is to be drawn. */
export interface FrameRules {
  /** Width by height; null: any. */
  readonly ratio: number | null;
  readonly fromCentre: boolean;
  readonly targets: SnapTargets;
}

/** A frame as something that has handles. */
export function boxOfFrame({ x, y, width, height }: Region): Box {
  return {
    frame: translation(x, y),
    size: { width, height },
    like: identityTransform,
  };
}

/** A new frame from one corner to the one across. */
export function drawnFrame(from: Point, to: Point, rules: FrameRules): Region {
  const start = snapped(from, rules.targets);
  const at = { x: start.x, y: start.y, width: 0, height: 0 };
  return resizedFrame(at, { x: 1, y: 1 }, to, rules);
}

/**
 * A frame with one of its corners or sides where the pointer is: whole pixels, at least one.
 * @param handle the corner or side that is held, see `Handle`
 */
export function resizedFrame(
  frame: Region,
  handle: { readonly x: number; readonly y: number },
  pointer: Point,
  { ratio, fromCentre, targets }: FrameRules,
): Region {
  const to = snapped(pointer, targets);
  const across = axisOf(frame.x, frame.width, handle.x, to.x, fromCentre);
  const down = axisOf(frame.y, frame.height, handle.y, to.y, fromCentre);
  if (ratio !== null) {
    const leads =
      handle.y === 0 ||
      (handle.x !== 0 &&
        Math.abs(across.length) >= Math.abs(down.length) * ratio);
    if (leads)
      down.length = (sign(down.length) * Math.abs(across.length)) / ratio;
    else across.length = sign(across.length) * Math.abs(down.length) * ratio;
  }
  const [x, width] = wholePixels(across);
  const [y, height] = wholePixels(down);
  return { x, y, width, height };
}

/** A frame of that size about the middle of another. */
export function frameOfSize(
  frame: Region,
  width: number,
  height: number,
): Region {
  return {
    x: Math.round(frame.x + (frame.width - width) / 2),
    y: Math.round(frame.y + (frame.height - height) / 2),
    width,
    height,
  };
}

/** The largest frame of a ratio in the middle of another. */
export function frameOfRatio(frame: Region, ratio: number): Region {
  const width = Math.min(frame.width, frame.height * ratio);
  return frameOfSize(
    frame,
    Math.max(1, Math.round(width)),
    Math.max(1, Math.round(width / ratio)),
  );
}

/** A frame moved by whole pixels; its edges are drawn to lines. */
export function movedFrame(
  frame: Region,
  by: Point,
  { x: xs, y: ys, reach }: SnapTargets,
): Region {
  const along = (start: number, length: number, lines: readonly number[]) => {
    const [off = 0] = lines
      .flatMap((at) => [at - start, at - start - length])
      .filter((distance) => Math.abs(distance) <= reach)
      .toSorted((one, other) => Math.abs(one) - Math.abs(other));
    return Math.round(start + off);
  };
  return {
    ...frame,
    x: along(frame.x + by.x, frame.width, xs),
    y: along(frame.y + by.y, frame.height, ys),
  };
}

/** One axis of a frame: a point that stays, at a share of the length, and a length that may be negative. */
interface Axis {
  readonly anchor: number;
  readonly share: number;
  length: number;
}

function axisOf(
  start: number,
  length: number,
  handle: number,
  to: number,
  fromCentre: boolean,
): Axis {
  const middle = start + length / 2;
  if (handle === 0) return { anchor: middle, share: 0.5, length };
  if (fromCentre)
    return { anchor: middle, share: 0.5, length: 2 * handle * (to - middle) };
  return handle > 0
    ? { anchor: start, share: 0, length: to - start }
    : { anchor: start + length, share: 1, length: start + length - to };
}

/** Start and length in whole pixels; a length that went past its anchor lies on the other side of it. */
function wholePixels({ anchor, share, length }: Axis): [number, number] {
  const size = Math.max(1, Math.round(Math.abs(length)));
  const turned = length < 0 ? 1 - share : share;
  return [Math.round(anchor - turned * size), size];
}

function snapped(point: Point, { x, y, reach }: SnapTargets): Point {
  const nearest = (value: number, lines: readonly number[]) => {
    const [line] = lines
      .filter((at) => Math.abs(at - value) <= reach)
      .toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value));
    return line ?? value;
  };
  return { x: nearest(point.x, x), y: nearest(point.y, y) };
}

function sign(value: number): number {
  return value < 0 ? -1 : 1;
}
