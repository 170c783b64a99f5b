import { cursorOf, type Handle, handleAt } from "../../handles.ts";
import type { Box } from "../../transform-box.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";
import { pointing } from "./pointing.ts";

/** Waits for a press on the canvas, which takes hold of what is selected or of one of its handles. */
export function idle(context: ToolContext, cursor = "default"): ToolState {
  const held = (pointer: ToolPointer): [Box, Handle] | null => {
    const box = context.transformBox();
    return box && [box, handleAt(box, context.view(), pointer.window)];
  };
  return {
    name: "move.idle",
    cursor,
    onPointerMove: (pointer) => {
      const [box, handle] = held(pointer) ?? [];
      const next = box && handle ? cursorOf(handle, box) : "default";
      return next === cursor ? undefined : idle(context, next);
    },
    onPointerDown: (pointer) => {
      const [box, handle] = held(pointer) ?? [];
      if (!box || !handle) return undefined;
      return pointing(context, box, handle, pointer, () => idle(context));
    },
    onConfirm: () => {
      context.acceptTransforms();
      return undefined;
    },
    onCancel: () => {
      context.revertTransforms();
      return undefined;
    },
  };
}
