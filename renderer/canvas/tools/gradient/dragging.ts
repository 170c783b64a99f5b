import type { Point } from "../../view.ts";
import type { ToolContext, ToolPointer, ToolState } from "../tool.ts";

/** Shift turns the line to the nearest multiple of this, in radians. */
const turn = Math.PI / 4;

/** A line from where the layer shows to where it does not; the mask follows it. */
export function dragging(
  context: ToolContext,
  fade: NonNullable<ReturnType<ToolContext["beginFade"]>>,
  start: ToolPointer,
  rest: () => ToolState,
): ToolState {
  const from = start.document;
  const follow = ({ document, shiftKey }: ToolPointer) => {
    const to = shiftKey ? turned(from, document) : document;
    context.drawOutline({ points: [from, to], closed: false });
    fade.end(to);
    return undefined;
  };
  return {
    name: "gradient.dragging",
    cursor: "crosshair",
    onPointerMove: follow,
    onPointerUp: (pointer) => {
      follow(pointer);
      fade.commit();
      return rest();
    },
    onCancel: () => {
      fade.cancel();
      return rest();
    },
    onExit: () => context.drawOutline(null),
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
