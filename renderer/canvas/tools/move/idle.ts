import type { ToolContext, ToolState } from "../tool.ts";
import { pointing } from "./pointing.ts";

/** Waits for a press on the canvas, which takes hold of the selected layer. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "move.idle",
    cursor: "default",
    onPointerDown: (pointer) => {
      const layer = context.movableLayer();
      return layer
        ? pointing(context, layer, pointer, () => idle(context))
        : undefined;
    },
  };
}
