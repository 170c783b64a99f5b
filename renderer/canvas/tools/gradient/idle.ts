import type { ToolContext, ToolState } from "../tool.ts";
import { dragging } from "./dragging.ts";

/** Waits for where the fade begins. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "gradient.idle",
    cursor: "crosshair",
    onPointerDown: (pointer) => dragging(context, pointer, () => idle(context)),
  };
}
