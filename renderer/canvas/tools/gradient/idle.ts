import type { ToolContext, ToolState } from "../tool.ts";
import { pointing } from "./pointing.ts";

/** Waits for where the fade begins. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "gradient.idle",
    cursor: "crosshair",
    onPointerDown: (pointer) => pointing(context, pointer, () => idle(context)),
  };
}
