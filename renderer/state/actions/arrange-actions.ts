import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  FolderInput,
} from "lucide-react";
import {
  type Direction,
  gapInNeighbour,
  lastGap,
  nextGap,
} from "../../../common/document/arrange.ts";
import type { Document } from "../../../common/document/document.ts";
import type { Place } from "../../../common/document/operation.ts";
import { unfoldTo } from "../folding.ts";
import { selectedIds, selectedLayers } from "../layer-selection.ts";
import { moveSelected } from "../layers.ts";
import type { PageState } from "../page-state.ts";
import { type Action, onCanvas } from "./action.ts";

type Way = (
  document: Document,
  layerIds: readonly string[],
  direction: Direction,
) => Place | null;

/** Moves all that is selected to where a way leads. */
function move(
  way: Way,
  direction: Direction,
): Pick<Action, "group" | "applies" | "perform"> {
  const gapFor = (state: PageState) =>
    onCanvas(state) && state.project
      ? way(state.project.document, selectedIds(state), direction)
      : null;
  return {
    group: "layer",
    applies: (state) =>
      gapFor(state) !== null &&
      selectedLayers(state).every(({ locked }) => !locked),
    perform: (workspace) => {
      const state = workspace.store.getState();
      const gap = gapFor(state);
      if (!gap) return;
      moveSelected(workspace, gap);
      if (state.selection !== null) unfoldTo(workspace, state.selection);
    },
  };
}

/** The order of layers by the keyboard: what a drag in the panel does. */
export const arrangeActions: readonly Action[] = [
  {
    name: "raise-layer",
    label: "Move layer up",
    icon: ArrowUp,
    startsSection: true,
    shortcuts: ["Mod+]"],
    ...move(nextGap, "up"),
  },
  {
    name: "lower-layer",
    label: "Move layer down",
    icon: ArrowDown,
    shortcuts: ["Mod+["],
    ...move(nextGap, "down"),
  },
  {
    name: "layer-to-top",
    label: "Move layer to top",
    icon: ArrowUpToLine,
    // Shift and ] on most keyboards.
    shortcuts: ["Mod+}"],
    ...move(lastGap, "up"),
  },
  {
    name: "layer-to-bottom",
    label: "Move layer to bottom",
    icon: ArrowDownToLine,
    shortcuts: ["Mod+{"],
    ...move(lastGap, "down"),
  },
  {
    name: "into-group-above",
    label: "Move into group above",
    icon: FolderInput,
    shortcuts: ["Mod+Alt+]"],
    ...move(gapInNeighbour, "up"),
  },
  {
    name: "into-group-below",
    label: "Move into group below",
    icon: FolderInput,
    shortcuts: ["Mod+Alt+["],
    ...move(gapInNeighbour, "down"),
  },
];
