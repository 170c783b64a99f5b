import {
  ChevronsDownUp,
  Copy,
  Eye,
  Focus,
  Folder,
  FolderOpen,
  FolderPlus,
  Lock,
  Pencil,
  Trash2,
} from "lucide-react";
import type { Layer } from "../../../common/document/document.ts";
import type { LayerChange } from "../../../common/document/operation.ts";
import { fold, unfoldTo } from "../folding.ts";
import { selectedLayers } from "../layer-selection.ts";
import {
  addGroup,
  changeLayers,
  deleteSelected,
  duplicateSelected,
  groupSelected,
  named,
  selectedLayer,
  ungroupSelected,
} from "../layers.ts";
import { deleteMask } from "../masks.ts";
import type { PageState } from "../page-state.ts";
import { toggleSolo } from "../solo.ts";
import type { Workspace } from "../workspace.ts";
import { type Action, onCanvas } from "./action.ts";

const layersOf = (state: PageState) =>
  onCanvas(state) ? selectedLayers(state) : [];
const areAny = (state: PageState) => layersOf(state).length > 0;
const areChangeable = (state: PageState) =>
  areAny(state) && layersOf(state).every(({ locked }) => !locked);
const groupOf = (state: PageState) => {
  const layer = onCanvas(state) ? selectedLayer(state) : undefined;
  return layer?.kind === "group" ? layer : undefined;
};

/** Sets what is on or off for all that is selected, to the other of what the first has. */
function toggle(
  property: "visible" | "locked",
  [on, off]: [on: string, off: string],
): Pick<Action, "applies" | "checked" | "perform"> {
  const isOn = (state: PageState) =>
    layersOf(state).some((layer) => layer[property]);
  return {
    applies: areAny,
    checked: isOn,
    perform: (workspace) => {
      const state = workspace.store.getState();
      const layers = layersOf(state);
      const change: LayerChange = { [property]: !isOn(state) };
      const label = isOn(state) ? off : on;
      changeLayers(
        workspace,
        layers.map(({ id }) => id),
        `${label} ${named(layers)}`,
        change,
      );
    },
  };
}

/** What is the target goes, as painters know it: the mask, or what is selected. */
function deleteTarget(workspace: Workspace): void {
  const state = workspace.store.getState();
  const layer: Layer | undefined = selectedLayer(state);
  if (state.maskTargeted && layer?.mask) deleteMask(workspace, layer);
  else deleteSelected(workspace);
}

/** What can be done with what is selected in the layers panel. */
export const layerActions: readonly Action[] = [
  {
    name: "new-group",
    label: "New group",
    group: "layer",
    icon: FolderPlus,
    applies: onCanvas,
    perform: addGroup,
  },
  {
    name: "duplicate-layer",
    label: "Duplicate layer",
    group: "layer",
    icon: Copy,
    shortcuts: ["Mod+J"],
    applies: areAny,
    perform: duplicateSelected,
  },
  {
    name: "group-layer",
    label: "Group layers",
    group: "layer",
    icon: Folder,
    shortcuts: ["Mod+G"],
    applies: areChangeable,
    perform: groupSelected,
  },
  {
    name: "ungroup",
    label: "Ungroup",
    group: "layer",
    icon: FolderOpen,
    shortcuts: ["Mod+Shift+G"],
    applies: (state) =>
      areChangeable(state) &&
      layersOf(state).some(({ kind }) => kind === "group"),
    perform: ungroupSelected,
  },
  {
    name: "rename-layer",
    label: "Rename layer",
    group: "layer",
    icon: Pencil,
    shortcuts: ["F2"],
    applies: (state) => onCanvas(state) && selectedLayer(state) !== undefined,
    perform: (workspace) => {
      const { selection } = workspace.store.getState();
      if (selection === null) return;
      unfoldTo(workspace, selection);
      workspace.store.setState({ renaming: selection });
    },
  },
  {
    name: "delete-layer",
    label: "Delete layer",
    group: "layer",
    icon: Trash2,
    shortcuts: ["Delete", "Backspace"],
    applies: areChangeable,
    perform: deleteTarget,
  },
  {
    name: "toggle-layer",
    label: "Layer visible",
    group: "layer",
    icon: Eye,
    startsSection: true,
    shortcuts: ["Mod+,"],
    ...toggle("visible", ["Show", "Hide"]),
  },
  {
    name: "solo-layer",
    label: "Show only this",
    group: "layer",
    icon: Focus,
    shortcuts: ["Mod+Alt+,"],
    applies: areAny,
    perform: (workspace) =>
      toggleSolo(
        workspace,
        layersOf(workspace.store.getState()).map(({ id }) => id),
      ),
  },
  {
    name: "lock-layer",
    label: "Layer locked",
    group: "layer",
    icon: Lock,
    shortcuts: ["Mod+/"],
    ...toggle("locked", ["Lock", "Unlock"]),
  },
  {
    name: "fold-group",
    label: "Group folded",
    group: "layer",
    icon: ChevronsDownUp,
    applies: (state) => groupOf(state) !== undefined,
    checked: (state) => state.folded.has(groupOf(state)?.id ?? ""),
    perform: (workspace) => {
      const group = groupOf(workspace.store.getState());
      if (group) fold(workspace, group.id);
    },
  },
];
