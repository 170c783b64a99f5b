import type { Point } from "../../view.ts";
import { combinationOf } from "../combination.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";
import type { Shape } from "./idle.ts";

/** The shape between the press and the pointer, on whole pixels; Shift, pressed on the way, keeps it as wide as high. */
export function dragging(
  context: ToolContext,
  shape: Shape,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const from = rounded(start.document);
  let to = from;
  const draw = () =>
    context.drawOutline({ points: shape(from, to), closed: true });
  const follow = (pointer: ToolPointer) => {
    const at = rounded(pointer.document);
    const even = pointer.shiftKey && !start.shiftKey;
    to = even ? squared(from, at) : at;
  };
  return {
    name: "marquee.dragging",
    cursor: "crosshair",
    onPointerMove: (pointer) => {
      follow(pointer);
      draw();
      return undefined;
    },
    onPointerUp: (pointer) => {
      follow(pointer);
      context.chooseWithin(shape(from, to), combinationOf(context, start));
      return rest();
    },
    onCancel: () => {
      context.drawOutline(null);
      return rest();
    },
  };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}

function squared(from: Point, to: Point): Point {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  return {
    x: from.x + (to.x < from.x ? -side : side),
    y: from.y + (to.y < from.y ? -side : side),
  };
}
