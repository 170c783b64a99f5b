import type { Layer } from "../../../../common/document/document.ts";
import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";
import { dragging } from "./dragging.ts";

/** Pressed, not yet moved far enough to be meant as a drag. */
export function pointing(
  context: ToolContext,
  layer: Exclude<Layer, { kind: "group" }>,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "move.pointing",
    cursor: "default",
    onPointerMove: (pointer) =>
      isDrag(start, pointer)
        ? dragging(context, layer, start, rest)
        : undefined,
    onPointerUp: rest,
    onCancel: rest,
  };
}
