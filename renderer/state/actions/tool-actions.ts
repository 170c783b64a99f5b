import { Hand, Keyboard, MousePointer2, Search } from "lucide-react";
import { chooseTool } from "../navigation.ts";
import { type Action, onCanvas } from "./action.ts";

export const toolActions: readonly Action[] = [
  {
    name: "tool-move",
    label: "Move layer",
    group: "tools",
    icon: MousePointer2,
    shortcuts: ["V"],
    applies: onCanvas,
    checked: (state) => state.tool === "move",
    perform: (workspace) => chooseTool(workspace, "move"),
  },
  {
    name: "tool-hand",
    label: "Pan",
    group: "tools",
    icon: Hand,
    shortcuts: ["H"],
    applies: onCanvas,
    checked: (state) => state.tool === "hand",
    perform: (workspace) => chooseTool(workspace, "hand"),
  },
  {
    name: "tool-zoom",
    label: "Zoom",
    group: "tools",
    icon: Search,
    shortcuts: ["Z"],
    applies: onCanvas,
    checked: (state) => state.tool === "zoom",
    perform: (workspace) => chooseTool(workspace, "zoom"),
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
    name: "show-shortcuts",
    label: "Keyboard shortcuts",
    group: "help",
    icon: Keyboard,
    shortcuts: ["?"],
    perform: (workspace) => workspace.store.setState({ shortcutsShown: true }),
  },
];
