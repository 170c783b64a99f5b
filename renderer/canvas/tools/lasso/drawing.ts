import type { Point } from "../../view.ts";
import { combinationOf } from "../combination.ts";
import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";

/** The line goes where the pointer goes; letting go joins its ends. A click chooses nothing. */
export function drawing(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const points: Point[] = [...start.trail];
  let moved = false;
  return {
    name: "lasso.drawing",
    cursor: "crosshair",
    onPointerMove: (pointer) => {
      moved ||= isDrag(start, pointer);
      points.push(...pointer.trail);
      context.drawOutline({ points: [...points], closed: false });
      return undefined;
    },
    onPointerUp: () => {
      const how = combinationOf(context, start);
      if (moved) context.chooseWithin(points, how);
      else {
        context.drawOutline(null);
        if (how === "replace") context.chooseNothing();
      }
      return rest();
    },
    onCancel: () => {
      context.drawOutline(null);
      return rest();
    },
  };
}
