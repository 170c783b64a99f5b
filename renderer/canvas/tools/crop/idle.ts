import type { Region } from "../../../../common/document/region.ts";
import { boxOfFrame } from "../../crop-frame.ts";
import { cursorOf, type Handle, handleAt } from "../../handles.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";
import { pointing } from "./pointing.ts";

/** Waits for a press, which takes hold of the frame or draws another. */
export function idle(context: ToolContext, cursor = "crosshair"): ToolState {
  return {
    name: "crop.idle",
    cursor,
    onPointerMove: (pointer) => {
      const frame = context.cropFrame();
      const handle = frameHandle(context, frame, pointer);
      const next = handle ? cursorOf(handle, boxOfFrame(frame)) : "crosshair";
      return next === cursor ? undefined : idle(context, next);
    },
    onPointerDown: (pointer) => {
      const frame = context.cropFrame();
      const handle = frameHandle(context, frame, pointer);
      return pointing(context, frame, handle, pointer, () => idle(context));
    },
    onConfirm: () => {
      context.applyCrop();
      return undefined;
    },
    onCancel: () => {
      context.showFrame(null);
      return undefined;
    },
  };
}

/** What of the frame a press takes hold of; null draws another: outside it, and where it is still the whole document. */
function frameHandle(
  context: ToolContext,
  frame: Region,
  { window, document }: ToolPointer,
): Handle | null {
  const handle = handleAt(boxOfFrame(frame), context.view(), window);
  if (handle.kind === "scale") return handle;
  const isInside =
    document.x >= frame.x &&
    document.y >= frame.y &&
    document.x <= frame.x + frame.width &&
    document.y <= frame.y + frame.height;
  return isInside && context.isCropping() ? { kind: "move" } : null;
}
