import { unfoldTo } from "../folding.ts";
import { rowsOf } from "../layer-rows.ts";
import { select, selectEveryLayer } from "../layer-selection.ts";
import type { PageState } from "../page-state.ts";
import { type Action, onCanvas } from "./action.ts";

/** The layer listed next to the selected one. */
function beside(state: PageState, step: 1 | -1): string | undefined {
  if (!onCanvas(state) || !state.project) return undefined;
  const rows = rowsOf(state.project.document, state.folded);
  const at = rows.findIndex(({ layer }) => layer.id === state.selection);
  return at < 0 ? rows[0]?.layer.id : rows[at + step]?.layer.id;
}

function pick(step: 1 | -1): Pick<Action, "applies" | "perform"> {
  return {
    applies: (state) => beside(state, step) !== undefined,
    perform: (workspace) => {
      const layerId = beside(workspace.store.getState(), step);
      if (layerId === undefined) return;
      select(workspace, layerId);
      unfoldTo(workspace, layerId);
    },
  };
}

/** Which layers commands go to. */
export const pickActions: readonly Action[] = [
  {
    name: "select-all-layers",
    label: "All layers",
    group: "select",
    startsSection: true,
    shortcuts: ["Mod+Alt+A"],
    applies: onCanvas,
    perform: selectEveryLayer,
  },
  {
    name: "select-layer-above",
    label: "Layer above",
    group: "select",
    shortcuts: ["Alt+]"],
    ...pick(-1),
  },
  {
    name: "select-layer-below",
    label: "Layer below",
    group: "select",
    shortcuts: ["Alt+["],
    ...pick(1),
  },
];
