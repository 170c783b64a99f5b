import { cursorOf, type Handle } from "../../handles.ts";
import type { Box } from "../../transform-box.ts";
import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";
import { dragging } from "./dragging.ts";

/** Pressed, not yet moved far enough to be meant as a drag. */
export function pointing(
  context: ToolContext,
  box: Box,
  handle: Handle,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "move.pointing",
    cursor: cursorOf(handle, box),
    onPointerMove: (pointer) =>
      isDrag(start, pointer)
        ? dragging(context, box, handle, start, rest)
        : undefined,
    onPointerUp: rest,
    onCancel: rest,
  };
}
