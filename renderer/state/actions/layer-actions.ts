import {
  ArrowDown,
  ArrowUp,
  Copy,
  Eye,
  Folder,
  Lock,
  Pencil,
  Trash2,
} from "lucide-react";
import type { Layer } from "../../../common/document/document.ts";
import {
  changeLayer,
  deleteLayer,
  duplicateLayer,
  groupLayer,
  moveLayer,
  neighbouringPlace,
  selectedLayer,
} from "../layers.ts";
import { deleteMask } from "../masks.ts";
import type { PageState } from "../page-state.ts";
import type { Workspace } from "../workspace.ts";
import { type Action, onCanvas } from "./action.ts";

const layerOf = (state: PageState) =>
  onCanvas(state) ? selectedLayer(state) : undefined;
const isChangeable = (state: PageState) => layerOf(state)?.locked === false;

/** Runs something on the selected layer. */
function onLayer(
  perform: (workspace: Workspace, layer: Layer) => void,
): Action["perform"] {
  return (workspace) => {
    const layer = selectedLayer(workspace.store.getState());
    if (layer) perform(workspace, layer);
  };
}

function step(direction: "up" | "down"): Pick<Action, "applies" | "perform"> {
  const placeOf = (state: PageState) => {
    const layer = layerOf(state);
    return layer && state.project
      ? neighbouringPlace(state.project.document, layer.id, direction)
      : null;
  };
  return {
    applies: (state) => isChangeable(state) && placeOf(state) !== null,
    perform: onLayer((workspace, layer) => {
      const place = placeOf(workspace.store.getState());
      if (place) moveLayer(workspace, layer, place);
    }),
  };
}

export const layerActions: readonly Action[] = [
  {
    name: "duplicate-layer",
    label: "Duplicate layer",
    group: "layer",
    icon: Copy,
    shortcuts: ["Mod+J"],
    applies: (state) => layerOf(state) !== undefined,
    perform: onLayer(duplicateLayer),
  },
  {
    name: "group-layer",
    label: "Group layer",
    group: "layer",
    icon: Folder,
    shortcuts: ["Mod+G"],
    applies: isChangeable,
    perform: onLayer(groupLayer),
  },
  {
    name: "rename-layer",
    label: "Rename layer",
    group: "layer",
    icon: Pencil,
    shortcuts: ["F2"],
    applies: (state) => layerOf(state) !== undefined,
    perform: onLayer((workspace, layer) =>
      workspace.store.setState({ renaming: layer.id }),
    ),
  },
  {
    name: "delete-layer",
    label: "Delete layer",
    group: "layer",
    icon: Trash2,
    shortcuts: ["Delete", "Backspace"],
    applies: isChangeable,
    // As painters know it: what is the target goes.
    perform: onLayer((workspace, layer) => {
      const { maskTargeted } = workspace.store.getState();
      if (maskTargeted && layer.mask) deleteMask(workspace, layer);
      else deleteLayer(workspace, layer);
    }),
  },
  {
    name: "raise-layer",
    label: "Move layer up",
    group: "layer",
    icon: ArrowUp,
    startsSection: true,
    shortcuts: ["Mod+]"],
    ...step("up"),
  },
  {
    name: "lower-layer",
    label: "Move layer down",
    group: "layer",
    icon: ArrowDown,
    shortcuts: ["Mod+["],
    ...step("down"),
  },
  {
    name: "toggle-layer",
    label: "Layer visible",
    group: "layer",
    icon: Eye,
    startsSection: true,
    shortcuts: ["Mod+,"],
    applies: (state) => layerOf(state) !== undefined,
    checked: (state) => layerOf(state)?.visible === true,
    perform: onLayer((workspace, layer) => {
      const label = `${layer.visible ? "Hide" : "Show"} ${layer.name}`;
      changeLayer(workspace, layer.id, label, { visible: !layer.visible });
    }),
  },
  {
    name: "lock-layer",
    label: "Layer locked",
    group: "layer",
    icon: Lock,
    shortcuts: ["Mod+/"],
    applies: (state) => layerOf(state) !== undefined,
    checked: (state) => layerOf(state)?.locked === true,
    perform: onLayer((workspace, layer) => {
      const label = `${layer.locked ? "Unlock" : "Lock"} ${layer.name}`;
      changeLayer(workspace, layer.id, label, { locked: !layer.locked });
    }),
  },
];
