import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";
import { scrubbing } from "./scrubbing.ts";

/** Pressed: a click zooms one stop in, with Alt out; a drag scrubs. */
export function pointing(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "zoom.pointing",
    cursor: start.altKey ? "zoom-out" : "zoom-in",
    onPointerMove: (pointer) =>
      isDrag(start, pointer) ? scrubbing(context, start, rest) : undefined,
    onPointerUp: (pointer) => {
      context.zoomStep(pointer.altKey ? "out" : "in", pointer.window);
      return rest();
    },
    onCancel: rest,
  };
}
