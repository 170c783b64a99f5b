import type { Point } from "../../view.ts";
import {
  isDrag,
  type ToolContext,
  type ToolPointer,
  type ToolState,
} from "../tool.ts";

/** Shift turns the line to the nearest of these, in radians. */
const turn = Math.PI / 4;

/** A line from where the layer shows to where it does not. */
export function dragging(
  context: ToolContext,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const from = start.document;
  const endOf = ({ document, shiftKey }: ToolPointer): Point =>
    shiftKey ? turned(from, document) : document;
  return {
    name: "gradient.dragging",
    cursor: "crosshair",
    onPointerMove: (pointer) => {
      context.drawOutline({ points: [from, endOf(pointer)], closed: false });
      return undefined;
    },
    onPointerUp: (pointer) => {
      context.drawOutline(null);
      if (isDrag(start, pointer)) context.fadeMask(from, endOf(pointer));
      return rest();
    },
    onCancel: () => {
      context.drawOutline(null);
      return rest();
    },
  };
}

function turned(from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const angle = Math.round(Math.atan2(dy, dx) / turn) * turn;
  const length = dx * Math.cos(angle) + dy * Math.sin(angle);
  return {
    x: from.x + length * Math.cos(angle),
    y: from.y + length * Math.sin(angle),
  };
}
