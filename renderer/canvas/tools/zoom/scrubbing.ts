import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** So many window pixels to the right double the zoom. */
const doubling = 120;

/** Zooms about the point of the press as the pointer goes right (in) and left (out). */
export function scrubbing(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  let last = start.window.x;
  return {
    name: "zoom.scrubbing",
    cursor: "ew-resize",
    onPointerMove: (pointer) => {
      context.zoomBy(2 ** ((pointer.window.x - last) / doubling), start.window);
      last = pointer.window.x;
      return undefined;
    },
    onPointerUp: rest,
    onCancel: rest,
  };
}
