import { ArrowDownFromLine, Combine, Layers } from "lucide-react";
import { merge, mergeOfSelected } from "../merging.ts";
import type { PageState } from "../page-state.ts";
import { type Action, onCanvas } from "./action.ts";

const layersIn = (state: PageState) =>
  onCanvas(state) && !state.merging
    ? (state.project?.document.layers ?? [])
    : [];

/** Layers that become one. */
export const mergeActions: readonly Action[] = [
  {
    name: "merge-down",
    label: "Merge down",
    labelNow: (state) => mergeOfSelected(state)?.label ?? "Merge down",
    group: "layer",
    icon: ArrowDownFromLine,
    startsSection: true,
    shortcuts: ["Mod+E"],
    applies: (state) =>
      layersIn(state).length > 0 && mergeOfSelected(state) !== null,
    perform: (workspace) => {
      const selected = mergeOfSelected(workspace.store.getState());
      if (selected) merge(workspace, selected);
    },
  },
  {
    name: "merge-visible",
    label: "Merge visible",
    group: "layer",
    icon: Combine,
    shortcuts: ["Mod+Shift+E"],
    applies: (state) => {
      const shown = layersIn(state).filter(({ visible }) => visible);
      return shown.length > 1 || shown[0]?.kind === "group";
    },
    perform: (workspace) => {
      merge(workspace, { label: "Merge visible", scope: { kind: "visible" } });
    },
  },
  {
    name: "flatten",
    label: "Flatten",
    group: "layer",
    icon: Layers,
    applies: (state) => layersIn(state).some(({ visible }) => visible),
    perform: (workspace) => {
      merge(workspace, { label: "Flatten", scope: { kind: "document" } });
    },
  },
];
