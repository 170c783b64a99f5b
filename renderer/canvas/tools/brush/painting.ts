import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** The brush on the mask: every point of the pen counts; lifting it makes one step of history of the stroke. */
export function painting(
  stroke: NonNullable<ReturnType<ToolContext["beginStroke"]>>,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "brush.painting",
    cursor: "none",
    onEnter: () => stroke.add(start.trail),
    onPointerMove: ({ trail }) => {
      stroke.add(trail);
      return undefined;
    },
    onPointerUp: () => {
      stroke.commit();
      return rest();
    },
    onCancel: () => {
      stroke.cancel();
      return rest();
    },
  };
}
