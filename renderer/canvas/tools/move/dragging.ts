import type { Layer, Transform } from "../../../../common/document/document.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** The layer follows the pointer, along one axis with Shift; letting go makes one step of history of it. */
export function dragging(
  context: ToolContext,
  layer: Exclude<Layer, { kind: "group" }>,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const moved = (pointer: ToolPointer): Transform => {
    const x = pointer.document.x - start.document.x;
    const y = pointer.document.y - start.document.y;
    const alongX = !pointer.shiftKey || Math.abs(x) >= Math.abs(y);
    const alongY = !pointer.shiftKey || !alongX;
    return {
      ...layer.transform,
      x: layer.transform.x + (alongX ? Math.round(x) : 0),
      y: layer.transform.y + (alongY ? Math.round(y) : 0),
    };
  };
  return {
    name: "move.dragging",
    cursor: "move",
    onPointerMove: (pointer) => {
      context.previewTransform(layer.id, moved(pointer));
      return undefined;
    },
    onPointerUp: (pointer) => {
      context.commitTransform(layer, moved(pointer));
      return rest();
    },
    onCancel: () => {
      context.endPreview();
      return rest();
    },
  };
}
