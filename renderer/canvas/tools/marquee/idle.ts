import type { Point } from "../../view.ts";
import type { ToolContext, ToolState } from "../tool.ts";
import { pointing } from "./pointing.ts";

/** The outline of the shape between two corners. */
export type Shape = (from: Point, to: Point) => readonly Point[];

/** Waits for the corner of a rectangle or ellipse. */
export function idle(context: ToolContext, shape: Shape): ToolState {
  return {
    name: "marquee.idle",
    cursor: "crosshair",
    onPointerDown: (pointer) =>
      pointing(context, shape, pointer, () => idle(context, shape)),
  };
}
