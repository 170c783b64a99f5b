import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";
import { dragging } from "./dragging.ts";

/** Pressed, not yet moved far enough to be meant as a fade. */
export function pointing(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "gradient.pointing",
    cursor: "crosshair",
    onPointerMove: (pointer) => {
      if (!isDrag(start, pointer)) return undefined;
      const fade = context.beginFade(start.document);
      return fade ? dragging(context, fade, start, rest) : rest();
    },
    onPointerUp: rest,
    onCancel: rest,
  };
}
