import { Clipboard, ClipboardCopy, Copy, Scissors } from "lucide-react";
import { copy, copyMerged, cut } from "../clipboard.ts";
import { selectedLayer } from "../layers.ts";
import type { PageState } from "../page-state.ts";
import { pasteByMenu } from "../pasting.ts";
import { type Action, onCanvas } from "./action.ts";

const layerOf = (state: PageState) =>
  onCanvas(state) ? selectedLayer(state) : undefined;

/** What goes to the system's clipboard and comes from it. */
export const clipboardActions: readonly Action[] = [
  {
    name: "cut",
    label: "Cut",
    group: "edit",
    icon: Scissors,
    startsSection: true,
    shortcuts: ["Mod+X"],
    byEvent: true,
    applies: (state) => layerOf(state)?.locked === false,
    perform: (workspace) => {
      cut(workspace);
    },
  },
  {
    name: "copy",
    label: "Copy",
    group: "edit",
    icon: Copy,
    shortcuts: ["Mod+C"],
    byEvent: true,
    applies: (state) => layerOf(state) !== undefined,
    perform: (workspace) => {
      copy(workspace);
    },
  },
  {
    name: "copy-merged",
    label: "Copy all that is seen",
    group: "edit",
    icon: ClipboardCopy,
    shortcuts: ["Mod+Shift+C"],
    applies: onCanvas,
    perform: (workspace) => {
      copyMerged(workspace);
    },
  },
  {
    name: "paste",
    label: "Paste",
    group: "edit",
    icon: Clipboard,
    shortcuts: ["Mod+V"],
    byEvent: true,
    perform: (workspace) => {
      pasteByMenu(workspace);
    },
  },
];
