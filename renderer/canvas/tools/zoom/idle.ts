import type { ToolContext, ToolState } from "../tool.ts";
import { pointing } from "./pointing.ts";

/** The loupe, waiting. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "zoom.idle",
    cursor: "zoom-in",
    onPointerDown: (pointer) => pointing(context, pointer, () => idle(context)),
  };
}
