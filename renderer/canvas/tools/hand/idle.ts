import type { ToolContext, ToolState } from "../tool.ts";
import { panning } from "./panning.ts";

/** The hand, open. */
export function idle(context: ToolContext): ToolState {
  return {
    name: "hand.idle",
    cursor: "grab",
    onPointerDown: (pointer) => panning(context, pointer, () => idle(context)),
  };
}
