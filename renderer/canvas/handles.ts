import { inverse, mapped } from "../../common/document/affine.ts";
import { type Box, pointOf } from "./transform-box.ts";
import { type Point, toDocument, toWindow, type View } from "./view.ts";

type Side = -1 | 0 | 1;

/** What of a box a hand can take hold of. */
export type Handle =
  /** Which corner or side: -1 is the box's own left and top. */
  | { readonly kind: "scale"; readonly x: Side; readonly y: Side }
  | { readonly kind: "turn" }
  | { readonly kind: "move" };

/** How near to a handle a press means it, in window pixels. */
const grip = 9;
/** How far outside a corner a press turns the box. */
const turnReach = 26;
/** How far above its box the knob stands that turns it. */
const knobDistance = 26;
/** A shorter side has no handle of its own between its corners. */
const shortest = 40;

const sides: readonly (readonly [Side, Side])[] = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];

interface ShownHandle {
  readonly x: Side;
  readonly y: Side;
  /** In window pixels. */
  readonly at: Point;
}

/** The handles that a box shows, corners first. */
export function handlesOf(box: Box, view: View): ShownHandle[] {
  const at = (x: number, y: number) => toWindow(view, pointOf(box, x, y));
  const across = distance(at(-1, 0), at(1, 0));
  const down = distance(at(0, -1), at(0, 1));
  return sides
    .filter(([x, y]) => {
      if (x === 0) return across >= shortest;
      return y !== 0 || down >= shortest;
    })
    .map(([x, y]) => ({ x, y, at: at(x, y) }));
}

/** Where the knob stands that turns the box, and where it is tied to it; in window pixels. */
export function knobOf(box: Box, view: View): { at: Point; foot: Point } {
  const middle = toWindow(view, pointOf(box, 0, 0));
  // Whichever side is uppermost, so that a picture on its head has its knob above it too.
  const [foot] = [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ]
    .map(([x, y]) => toWindow(view, pointOf(box, x!, y!)))
    .toSorted((one, other) => slope(middle, one) - slope(middle, other));
  const length = Math.max(1, distance(middle, foot!));
  return {
    foot: foot!,
    at: {
      x: foot!.x + ((foot!.x - middle.x) / length) * knobDistance,
      y: foot!.y + ((foot!.y - middle.y) / length) * knobDistance,
    },
  };
}

/** What a press at a point of the window takes hold of. Away from all handles it moves the box. */
export function handleAt(box: Box, view: View, point: Point): Handle {
  if (distance(knobOf(box, view).at, point) <= grip) return { kind: "turn" };
  const handles = handlesOf(box, view);
  const hit = handles.find(({ at }) => distance(at, point) <= grip);
  if (hit) return { kind: "scale", x: hit.x, y: hit.y };
  const nearCorner = handles.some(
    ({ x, y, at }) => x !== 0 && y !== 0 && distance(at, point) <= turnReach,
  );
  return nearCorner && !isInside(box, toDocument(view, point))
    ? { kind: "turn" }
    : { kind: "move" };
}

/** The CSS cursor that says what a handle does. */
export function cursorOf(handle: Handle, box: Box): string {
  if (handle.kind === "move") return "move";
  if (handle.kind === "turn") return "grab";
  const [middle, end] = [pointOf(box, 0, 0), pointOf(box, handle.x, handle.y)];
  const angle = Math.atan2(end.y - middle.y, end.x - middle.x);
  const eighth = ((Math.round((4 * angle) / Math.PI) % 4) + 4) % 4;
  return ["ew-resize", "nwse-resize", "ns-resize", "nesw-resize"][eighth]!;
}

function isInside({ frame, size }: Box, point: Point): boolean {
  const own = mapped(inverse(frame), point);
  return (
    own.x >= 0 && own.y >= 0 && own.x <= size.width && own.y <= size.height
  );
}

/** How far from straight up a point lies, as seen from another. */
function slope(from: Point, to: Point): number {
  return (to.y - from.y) / Math.max(1e-6, distance(from, to));
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
