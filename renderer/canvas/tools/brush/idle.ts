import type { ToolContext, ToolState } from "../tool.ts";
import { painting } from "./painting.ts";

/** The brush, lifted; Alt turns brush into eraser and eraser into brush. */
export function idle(context: ToolContext, how: "show" | "hide"): ToolState {
  const other = how === "show" ? "hide" : "show";
  return {
    name: "brush.idle",
    cursor: "none",
    onPointerDown: (pointer) => {
      const stroke = context.beginStroke(pointer.altKey ? other : how);
      return stroke
        ? painting(stroke, pointer, () => idle(context, how))
        : undefined;
    },
  };
}
