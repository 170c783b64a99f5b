import { CircleDot, Contrast, Eraser, Power, SquareDashed } from "lucide-react";
import type { Layer } from "../../../common/document/document.ts";
import { selectedLayer } from "../layers.ts";
import { addMask, deleteMask, invertMask, toggleMask } from "../masks.ts";
import type { PageState } from "../page-state.ts";
import type { Workspace } from "../workspace.ts";
import { type Action, onCanvas } from "./action.ts";

const changeable = (state: PageState) => {
  const layer = onCanvas(state) ? selectedLayer(state) : undefined;
  return layer?.locked === false ? layer : undefined;
};
const isMasked = (state: PageState) =>
  (changeable(state)?.mask ?? null) !== null;

function onLayer(
  perform: (workspace: Workspace, layer: Layer) => void,
): Action["perform"] {
  return (workspace) => {
    const layer = selectedLayer(workspace.store.getState());
    if (layer) perform(workspace, layer);
  };
}

/** What the artist can do with the selected layer's mask. */
export const maskActions: readonly Action[] = [
  {
    name: "add-mask",
    label: "Add mask",
    group: "layer",
    icon: CircleDot,
    startsSection: true,
    shortcuts: ["Mod+Shift+M"],
    // With a selection it takes the place of the mask that is there.
    applies: (state) =>
      changeable(state) !== undefined &&
      (state.area !== null || !isMasked(state)),
    perform: onLayer(addMask),
  },
  {
    name: "toggle-mask",
    label: "Mask in force",
    group: "layer",
    icon: Power,
    applies: isMasked,
    checked: (state) => changeable(state)?.mask?.enabled === true,
    perform: onLayer(toggleMask),
  },
  {
    name: "invert-mask",
    label: "Invert mask",
    group: "layer",
    icon: Contrast,
    shortcuts: ["Mod+I"],
    applies: isMasked,
    perform: onLayer(invertMask),
  },
  {
    name: "delete-mask",
    label: "Delete mask",
    group: "layer",
    icon: Eraser,
    applies: isMasked,
    perform: onLayer(deleteMask),
  },
];

/** How the mask is shown. */
export const maskViewActions: readonly Action[] = [
  {
    name: "mask-overlay",
    label: "Mask in red",
    group: "view",
    icon: CircleDot,
    startsSection: true,
    shortcuts: ["Q"],
    applies: onCanvas,
    checked: (state) => state.maskView === "overlay",
    perform: ({ store }) =>
      store.setState(({ maskView }) => ({
        maskView: maskView === "overlay" ? "none" : "overlay",
      })),
  },
  {
    name: "mask-grey",
    label: "Mask in black and white",
    group: "view",
    icon: SquareDashed,
    shortcuts: ["Shift+Q"],
    applies: onCanvas,
    checked: (state) => state.maskView === "grey",
    perform: ({ store }) =>
      store.setState(({ maskView }) => ({
        maskView: maskView === "grey" ? "none" : "grey",
      })),
  },
];
