import { combinationOf } from "../combination.ts";
import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";
import { dragging } from "./dragging.ts";
import type { Shape } from "./idle.ts";

/** Pressed: a drag draws, a click beside everything chooses nothing. */
export function pointing(
  context: ToolContext,
  shape: Shape,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "marquee.pointing",
    cursor: "crosshair",
    onPointerMove: (pointer) =>
      isDrag(start, pointer)
        ? dragging(context, shape, start, rest)
        : undefined,
    onPointerUp: () => {
      if (combinationOf(context, start) === "replace") context.chooseNothing();
      return rest();
    },
    onCancel: rest,
  };
}
