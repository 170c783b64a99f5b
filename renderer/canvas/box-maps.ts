import {
  type Affine,
  about,
  composed,
  inverse,
  mapped,
  scaling,
  translation,
  turning,
} from "../../common/document/affine.ts";
import {
  type Box,
  boundsOf,
  cornersOf,
  pointOf,
  transformOfBox,
} from "./transform-box.ts";
import type { Point } from "./view.ts";

/** Degrees from one stop of a turn to the next. */
const turnStop = 15;
/** No side becomes shorter, in pixels of the document. */
const shortest = 1;

/** A line that something was aligned with, right across the document. */
export interface SnapLine {
  /** Whether `at` is an x or a y. */
  readonly axis: "x" | "y";
  readonly at: number;
}

/** Lines that edges and centres are drawn to. */
export interface SnapTargets {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** From so near, in pixels of the document. */
  readonly reach: number;
}

export interface BoxMap {
  readonly map: Affine;
  readonly lines: readonly SnapLine[];
}

/**
 * Moves a box by whole pixels; its edges and its centre are drawn to lines.
 * @param targets null draws it to nothing
 */
export function movedBox(
  box: Box,
  by: Point,
  targets: SnapTargets | null,
): BoxMap {
  const bounds = boundsOf(box);
  const lines: SnapLine[] = [];
  const along = (
    axis: "x" | "y",
    start: number,
    length: number,
    distance: number,
  ): number => {
    if (targets === null || distance === 0) return Math.round(distance);
    const places = [start, start + length / 2, start + length];
    const [nearest] = places
      .flatMap((place) =>
        targets[axis].map((at) => ({ at, off: at - place - distance })),
      )
      .filter(({ off }) => Math.abs(off) <= targets.reach)
      .toSorted((one, other) => Math.abs(one.off) - Math.abs(other.off));
    if (!nearest) return Math.round(distance);
    lines.push({ axis, at: nearest.at });
    return Math.round(distance + nearest.off);
  };
  const x = along("x", bounds.x, bounds.width, by.x);
  const y = along("y", bounds.y, bounds.height, by.y);
  return { map: translation(x, y), lines };
}

/**
 * Scales a box by one of its handles, which goes where the pointer is.
 * @param handle the corner or side that is held, see `Handle`
 * @param keepAspect both ways alike
 * @param fromCentre about the middle; else the point across from the handle stays
 */
export function scaledBox(
  box: Box,
  handle: { readonly x: number; readonly y: number },
  pointer: Point,
  {
    keepAspect,
    fromCentre,
  }: { readonly keepAspect: boolean; readonly fromCentre: boolean },
): Affine {
  const { frame, size } = box;
  const back = inverse(frame);
  const own = (x: number, y: number) => ({
    x: (size.width * (x + 1)) / 2,
    y: (size.height * (y + 1)) / 2,
  });
  const anchor = fromCentre ? own(0, 0) : own(-handle.x, -handle.y);
  const held = own(handle.x, handle.y);
  const to = mapped(back, pointer);
  const lengths = sidesOf(box);
  let x = handle.x === 0 ? 1 : (to.x - anchor.x) / (held.x - anchor.x);
  let y = handle.y === 0 ? 1 : (to.y - anchor.y) / (held.y - anchor.y);
  if (keepAspect) {
    const both = alongDiagonal(
      mapped(frame, anchor),
      mapped(frame, held),
      pointer,
    );
    x = both;
    y = both;
  }
  const scale = scaling(
    notBelow(x, shortest / lengths.width),
    notBelow(y, shortest / lengths.height),
  );
  return composed(frame, composed(about(anchor, scale), back));
}

/**
 * Turns a box about its middle by as much as the pointer went round it.
 * @param stops only to multiples of 15° of the box's own turn
 */
export function turnedBox(
  box: Box,
  from: Point,
  to: Point,
  stops: boolean,
): Affine {
  const middle = pointOf(box, 0, 0);
  const turn = angleTo(middle, to) - angleTo(middle, from);
  if (!stops) return about(middle, turning(turn));
  const { rotation } = transformOfBox(box);
  const wanted = Math.round((rotation + turn) / turnStop) * turnStop;
  return about(middle, turning(wanted - rotation));
}

/** Lengths of a box's sides in pixels of the document. */
function sidesOf(box: Box): { width: number; height: number } {
  const [topLeft, topRight, , bottomLeft] = cornersOf(box);
  return {
    width: Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y),
    height: Math.hypot(bottomLeft.x - topLeft.x, bottomLeft.y - topLeft.y),
  };
}

/** How many times as far from the anchor as the handle the pointer is, seen along the line through both. */
function alongDiagonal(anchor: Point, held: Point, pointer: Point): number {
  const [x, y] = [held.x - anchor.x, held.y - anchor.y];
  const length = x * x + y * y;
  return ((pointer.x - anchor.x) * x + (pointer.y - anchor.y) * y) / length;
}

function notBelow(scale: number, least: number): number {
  if (Math.abs(scale) >= least) return scale;
  return scale < 0 ? -least : least;
}

function angleTo(middle: Point, point: Point): number {
  return (Math.atan2(point.y - middle.y, point.x - middle.x) * 180) / Math.PI;
}
