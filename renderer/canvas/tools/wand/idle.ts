import { combinationOf } from "../combination.ts";
import type { ToolContext, ToolState } from "../tool.ts";

/** A touch of the wand chooses what has the colour that is there. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "wand.idle",
    cursor: "crosshair",
    onPointerDown: (pointer) => {
      context.chooseLike(pointer.document, combinationOf(context, pointer));
      return undefined;
    },
  };
}
