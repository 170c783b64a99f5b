import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** The hand holds the picture: what is under the pointer stays under it. */
export function panning(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  let last = start.window;
  return {
    name: "hand.panning",
    cursor: "grabbing",
    onPointerMove: ({ window }) => {
      context.panBy({ x: window.x - last.x, y: window.y - last.y });
      last = window;
      return undefined;
    },
    onPointerUp: rest,
    onCancel: rest,
  };
}
