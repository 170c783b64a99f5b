import type { ToolContext, ToolState } from "../tool.ts";
import { placing } from "./placing.ts";

/** Waits for the first corner. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "polygon.idle",
    cursor: "crosshair",
    onPointerDown: (pointer) => placing(context, pointer, () => idle(context)),
  };
}
