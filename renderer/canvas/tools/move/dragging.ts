import { type BoxMap, movedBox, scaledBox, turnedBox } from "../../box-maps.ts";
import { cursorOf, type Handle } from "../../handles.ts";
import { type Box, pointOf } from "../../transform-box.ts";
import type { Point } from "../../view.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

const verbs: Record<Handle["kind"], string> = {
  move: "Move",
  scale: "Scale",
  turn: "Rotate",
};

/**
 * What is selected follows the pointer; letting go makes one step of history of it. Shift keeps a move to one axis, lets a
 * scale change the aspect and turns by 15°; Alt scales about the middle.
 */
export function dragging(
  context: ToolContext,
  box: Box,
  handle: Handle,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const mapAt = (pointer: ToolPointer): BoxMap => {
    const { shiftKey, altKey } = pointer;
    switch (handle.kind) {
      case "move":
        return movedBox(box, movement(start, pointer), context.snapTargets());
      case "scale": {
        const how = { keepAspect: !shiftKey, fromCentre: altKey };
        const map = scaledBox(box, handle, grabbed(pointer), how);
        return { map, lines: [] };
      }
      case "turn": {
        const map = turnedBox(box, start.document, pointer.document, shiftKey);
        return { map, lines: [] };
      }
    }
  };
  // A handle is rarely taken hold of at its very middle.
  const slip = slipOf(box, handle, start);
  const grabbed = ({ document: { x, y } }: ToolPointer) => ({
    x: x - slip.x,
    y: y - slip.y,
  });
  return {
    name: `move.${handle.kind}`,
    cursor: handle.kind === "turn" ? "grabbing" : cursorOf(handle, box),
    onPointerMove: (pointer) => {
      const { map, lines } = mapAt(pointer);
      context.previewTransform(map, lines);
      return undefined;
    },
    onPointerUp: (pointer) => {
      context.commitTransform(verbs[handle.kind], mapAt(pointer).map);
      return rest();
    },
    onCancel: () => {
      context.endTransform();
      return rest();
    },
  };
}

/** How far the pointer has gone, along one axis with Shift. */
function movement(start: ToolPointer, pointer: ToolPointer): Point {
  const x = pointer.document.x - start.document.x;
  const y = pointer.document.y - start.document.y;
  if (!pointer.shiftKey) return { x, y };
  return Math.abs(x) >= Math.abs(y) ? { x, y: 0 } : { x: 0, y };
}

function slipOf(box: Box, handle: Handle, { document }: ToolPointer): Point {
  if (handle.kind !== "scale") return { x: 0, y: 0 };
  const middle = pointOf(box, handle.x, handle.y);
  return { x: document.x - middle.x, y: document.y - middle.y };
}
