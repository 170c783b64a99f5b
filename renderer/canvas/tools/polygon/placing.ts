import type { Point } from "../../view.ts";
import { combinationOf } from "../combination.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** A click so near, in window pixels, means the corner that is there. */
const near = 8;

const fewestCorners = 3;

/**
 * Each click sets a corner, and the line follows the pointer in between. Enter, a click on the first corner or a second
 * one on the last closes it; Escape lets go of it.
 */
export function placing(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const corners: ToolPointer[] = [start];
  const points = (): Point[] => corners.map((corner) => corner.document);
  const close = () => {
    if (corners.length >= fewestCorners)
      context.chooseWithin(points(), combinationOf(context, start));
    else context.drawOutline(null);
    return rest();
  };
  const isAt = (pointer: ToolPointer, corner: ToolPointer | undefined) =>
    corner !== undefined &&
    Math.hypot(
      pointer.window.x - corner.window.x,
      pointer.window.y - corner.window.y,
    ) <= near;
  return {
    name: "polygon.placing",
    cursor: "crosshair",
    onPointerMove: (pointer) => {
      context.drawOutline({
        points: [...points(), pointer.document],
        closed: false,
      });
      return undefined;
    },
    onPointerDown: (pointer) => {
      if (isAt(pointer, corners[0]) || isAt(pointer, corners.at(-1)))
        return close();
      corners.push(pointer);
      return undefined;
    },
    onConfirm: close,
    onCancel: () => {
      context.drawOutline(null);
      return rest();
    },
  };
}
