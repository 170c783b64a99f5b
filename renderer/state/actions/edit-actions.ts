import { Redo2, Undo2 } from "lucide-react";
import { historyReach, neighbouringPosition } from "../edits.ts";
import type { PageState } from "../page-state.ts";
import { travel } from "../styling.ts";
import { type Action, onCanvas } from "./action.ts";

const reach = (state: PageState) =>
  state.project ? historyReach(state.project) : { position: 0, length: 0 };

export const editActions: readonly Action[] = [
  {
    name: "undo",
    label: "Undo",
    group: "edit",
    icon: Undo2,
    shortcuts: ["Mod+Z"],
    applies: (state) => onCanvas(state) && reach(state).position > 0,
    perform: (workspace) => {
      const position = neighbouringPosition(workspace, -1);
      if (position !== null) travel(workspace, position);
    },
  },
  {
    name: "redo",
    label: "Redo",
    group: "edit",
    icon: Redo2,
    shortcuts: ["Mod+Shift+Z", "Mod+Y"],
    applies: (state) =>
      onCanvas(state) && reach(state).position < reach(state).length,
    perform: (workspace) => {
      const position = neighbouringPosition(workspace, 1);
      if (position !== null) travel(workspace, position);
    },
  },
];
