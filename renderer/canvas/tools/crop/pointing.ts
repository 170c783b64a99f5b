import type { Region } from "../../../../common/document/region.ts";
import { boxOfFrame } from "../../crop-frame.ts";
import { cursorOf, type Handle } from "../../handles.ts";
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
  frame: Region,
  handle: Handle | null,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  return {
    name: "crop.pointing",
    cursor: handle ? cursorOf(handle, boxOfFrame(frame)) : "crosshair",
    onPointerMove: (pointer) =>
      isDrag(start, pointer)
        ? dragging(context, frame, handle, start, rest)
        : undefined,
    onPointerUp: rest,
    onCancel: rest,
  };
}
