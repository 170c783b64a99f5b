import { Expand, Feather, Shrink } from "lucide-react";
import {
  chooseAll,
  chooseBright,
  chooseNothing,
  chooseOpaque,
  chooseRest,
  chooseShown,
  type Refinement,
  refineArea,
} from "../area.ts";
import { selectedLayer } from "../layers.ts";
import { refineMask } from "../masks.ts";
import type { PageState } from "../page-state.ts";
import { type Action, onCanvas } from "./action.ts";

const hasArea = (state: PageState) => onCanvas(state) && state.area !== null;

/** The layer whose mask the edges of would be moved: where nothing is chosen. */
const maskedLayer = (state: PageState) => {
  const layer = state.area === null ? selectedLayer(state) : undefined;
  return layer?.mask && !layer.locked ? layer : undefined;
};

function refinement(
  how: Refinement,
  label: string,
  icon: NonNullable<Action["icon"]>,
): Action {
  return {
    name: how,
    label,
    group: "select",
    icon,
    startsSection: how === "feather",
    applies: (state) =>
      hasArea(state) || (onCanvas(state) && maskedLayer(state) !== undefined),
    perform: (workspace) => {
      const layer = maskedLayer(workspace.store.getState());
      if (layer) refineMask(workspace, layer, how);
      else refineArea(workspace, how);
    },
  };
}

/** What can be chosen of the picture other than with a tool. */
export const selectActions: readonly Action[] = [
  {
    name: "select-all",
    label: "All",
    group: "select",
    shortcuts: ["Mod+A"],
    applies: onCanvas,
    perform: chooseAll,
  },
  {
    name: "select-nothing",
    label: "Nothing",
    group: "select",
    shortcuts: ["Mod+D"],
    applies: hasArea,
    perform: chooseNothing,
  },
  {
    name: "select-rest",
    label: "Invert selection",
    group: "select",
    shortcuts: ["Mod+Shift+I"],
    applies: hasArea,
    perform: chooseRest,
  },
  {
    name: "select-mask",
    label: "From mask",
    group: "select",
    startsSection: true,
    applies: (state) =>
      onCanvas(state) && (selectedLayer(state)?.mask ?? null) !== null,
    perform: (workspace) => {
      const layer = selectedLayer(workspace.store.getState());
      if (layer) chooseShown(workspace, layer);
    },
  },
  {
    name: "select-opaque",
    label: "From what the layer covers",
    group: "select",
    applies: (state) => onCanvas(state) && selectedLayer(state) !== undefined,
    perform: (workspace) => {
      const layer = selectedLayer(workspace.store.getState());
      if (layer) chooseOpaque(workspace, layer);
    },
  },
  {
    name: "select-bright",
    label: "By brightness",
    group: "select",
    applies: onCanvas,
    perform: (workspace) => {
      chooseBright(
        workspace,
        workspace.store.getState().toolOptions.combination,
      );
    },
  },
  refinement("feather", "Feather", Feather),
  refinement("grow", "Grow", Expand),
  refinement("shrink", "Shrink", Shrink),
];
