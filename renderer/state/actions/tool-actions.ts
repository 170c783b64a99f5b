import {
  Blend,
  BoxSelect,
  Brush,
  CircleDashed,
  Crop,
  Eraser,
  Hand,
  Keyboard,
  Lasso,
  type LucideIcon,
  Mountain,
  MousePointer2,
  Pentagon,
  Search,
  WandSparkles,
} from "lucide-react";
import { chooseTool } from "../navigation.ts";
import type { ToolName } from "../page-state.ts";
import { openSample } from "../project-shelf.ts";
import { nextBrushSize, setBrush } from "../tool-options.ts";
import type { Workspace } from "../workspace.ts";
import { type Action, onCanvas } from "./action.ts";

function toolAction(
  tool: ToolName,
  label: string,
  icon: LucideIcon,
  ...shortcuts: string[]
): Action {
  return {
    name: `tool-${tool}`,
    label,
    group: "tools",
    icon,
    shortcuts,
    applies: onCanvas,
    checked: (state) => state.tool === tool,
    perform: (workspace) => chooseTool(workspace, tool),
  };
}

const resize = (workspace: Workspace, direction: 1 | -1) => {
  const { size } = workspace.store.getState().toolOptions.brush;
  setBrush(workspace, { size: nextBrushSize(size, direction) });
};

/** Hardness goes by quarters. */
const harden = (workspace: Workspace, direction: 1 | -1) => {
  const { hardness } = workspace.store.getState().toolOptions.brush;
  const next = Math.round(4 * hardness + direction) / 4;
  setBrush(workspace, { hardness: Math.min(1, Math.max(0, next)) });
};

export const toolActions: readonly Action[] = [
  // Free Transform's key as well: the handles are the move tool's.
  toolAction("move", "Move and transform", MousePointer2, "V", "Mod+T"),
  toolAction("crop", "Crop", Crop, "C"),
  toolAction("brush", "Mask brush", Brush, "B"),
  toolAction("eraser", "Mask eraser", Eraser, "E"),
  toolAction("rectangle", "Select a rectangle", BoxSelect, "M"),
  toolAction("ellipse", "Select an ellipse", CircleDashed, "Shift+M"),
  toolAction("lasso", "Lasso", Lasso, "L"),
  toolAction("polygon", "Select a polygon", Pentagon, "Shift+L"),
  toolAction("wand", "Magic wand", WandSparkles, "W"),
  toolAction("gradient", "Gradient mask", Blend, "G"),
  toolAction("hand", "Pan", Hand, "H"),
  toolAction("zoom", "Zoom", Search, "Z"),
  {
    name: "brush-smaller",
    label: "Smaller brush",
    group: "tools",
    shortcuts: ["["],
    applies: onCanvas,
    perform: (workspace) => resize(workspace, -1),
  },
  {
    name: "brush-larger",
    label: "Larger brush",
    group: "tools",
    shortcuts: ["]"],
    applies: onCanvas,
    perform: (workspace) => resize(workspace, 1),
  },
  {
    name: "brush-softer",
    label: "Softer brush",
    group: "tools",
    // Shift and [ on most keyboards.
    shortcuts: ["{"],
    applies: onCanvas,
    perform: (workspace) => harden(workspace, -1),
  },
  {
    name: "brush-harder",
    label: "Harder brush",
    group: "tools",
    shortcuts: ["}"],
    applies: onCanvas,
    perform: (workspace) => harden(workspace, 1),
  },
  {
    name: "borrow-hand",
    label: "Pan while held",
    group: "tools",
    shortcuts: ["Space"],
    applies: onCanvas,
    perform: (workspace) => workspace.store.setState({ borrowedTool: "hand" }),
    release: (workspace) => workspace.store.setState({ borrowedTool: null }),
  },
];

export const helpActions: readonly Action[] = [
  {
    name: "open-sample",
    label: "Open a sample project",
    group: "help",
    icon: Mountain,
    perform: (workspace) => {
      openSample(workspace);
    },
  },
  {
    name: "show-shortcuts",
    label: "Keyboard shortcuts",
    group: "help",
    icon: Keyboard,
    shortcuts: ["?"],
    perform: (workspace) => workspace.store.setState({ shortcutsShown: true }),
  },
];
