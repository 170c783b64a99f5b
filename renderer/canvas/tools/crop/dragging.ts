import type { Region } from "../../../../common/document/region.ts";
import {
  boxOfFrame,
  drawnFrame,
  type FrameRules,
  movedFrame,
  resizedFrame,
} from "../../crop-frame.ts";
import { cursorOf, type Handle } from "../../handles.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** The frame, or the handle of it that is held, follows the pointer; without one a new frame is drawn. */
export function dragging(
  context: ToolContext,
  frame: Region,
  handle: Handle | null,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const before = context.isCropping() ? frame : null;
  const rules = ({ altKey, shiftKey }: ToolPointer): FrameRules => {
    const { ratio, targets } = context.frameRules();
    // With Shift a frame keeps the ratio that it has, and a new one is a square.
    const own = handle === null ? 1 : frame.width / frame.height;
    const kept = ratio ?? (shiftKey ? own : null);
    return { ratio: kept, fromCentre: altKey, targets };
  };
  const frameAt = (pointer: ToolPointer): Region => {
    const to = pointer.document;
    if (handle === null) return drawnFrame(start.document, to, rules(pointer));
    if (handle.kind === "scale")
      return resizedFrame(frame, handle, to, rules(pointer));
    const by = { x: to.x - start.document.x, y: to.y - start.document.y };
    return movedFrame(frame, by, rules(pointer).targets);
  };
  return {
    name: "crop.dragging",
    cursor: handle ? cursorOf(handle, boxOfFrame(frame)) : "crosshair",
    onPointerMove: (pointer) => {
      context.showFrame(frameAt(pointer));
      return undefined;
    },
    onPointerUp: (pointer) => {
      context.showFrame(frameAt(pointer));
      return rest();
    },
    onCancel: () => {
      context.showFrame(before);
      return rest();
    },
  };
}
