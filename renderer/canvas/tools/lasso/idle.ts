import type { ToolContext, ToolState } from "../tool.ts";
import { drawing } from "./drawing.ts";

/** The lasso, waiting. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "lasso.idle",
    cursor: "crosshair",
    onPointerDown: (pointer) => drawing(context, pointer, () => idle(context)),
  };
}
