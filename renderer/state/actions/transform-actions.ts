import { Check, FlipHorizontal2, FlipVertical2, Undo } from "lucide-react";
import type { PageState } from "../page-state.ts";
import {
  acceptTransforms,
  flip,
  nudge,
  revertTransforms,
  transformable,
  transformBox,
  transformMark,
} from "../transforming.ts";
import { type Action, onCanvas } from "./action.ts";

const hasTarget = (state: PageState) =>
  onCanvas(state) && transformable(state).length > 0;
const hasBox = (state: PageState) =>
  onCanvas(state) && transformBox(state) !== null;
const hasMark = (state: PageState) =>
  onCanvas(state) && transformMark(state) !== null;

// Lucide names its icons after the axis, painters after the way that pixels go.
export const transformActions: readonly Action[] = [
  {
    name: "flip-horizontal",
    label: "Flip horizontally",
    group: "layer",
    icon: FlipVertical2,
    startsSection: true,
    applies: hasBox,
    perform: (workspace) => flip(workspace, "horizontal"),
  },
  {
    name: "flip-vertical",
    label: "Flip vertically",
    group: "layer",
    icon: FlipHorizontal2,
    applies: hasBox,
    perform: (workspace) => flip(workspace, "vertical"),
  },
  {
    name: "accept-transform",
    label: "Apply transform (Enter)",
    group: "layer",
    icon: Check,
    applies: hasMark,
    perform: acceptTransforms,
  },
  {
    name: "revert-transform",
    label: "Take transform back (Esc)",
    group: "layer",
    icon: Undo,
    applies: hasMark,
    perform: revertTransforms,
  },
];

const directions = [
  ["left", "ArrowLeft", -1, 0],
  ["right", "ArrowRight", 1, 0],
  ["up", "ArrowUp", 0, -1],
  ["down", "ArrowDown", 0, 1],
] as const;

/** The arrow keys, with the move tool in hand. */
export const nudgeActions: readonly Action[] = [1, 10].flatMap((distance) =>
  directions.map(
    ([direction, key, x, y]): Action => ({
      name: `nudge-${direction}-${distance}`,
      label: `Nudge ${direction} by ${distance} px`,
      group: "tools",
      shortcuts: [distance === 1 ? key : `Shift+${key}`],
      applies: (state) => hasTarget(state) && state.tool === "move",
      perform: (workspace) => nudge(workspace, x * distance, y * distance),
    }),
  ),
);
