import type { Layer } from "../../common/document/document.ts";
import { outermostLayers, walkLayers } from "../../common/document/tree.ts";
import type { PageState } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

type Selected = Pick<PageState, "project" | "selection" | "selectedTogether">;

/**
 * Ids of all that is selected, in no order. Whoever selects a layer otherwise than here need not know that there can be
 * several: those before then no longer count.
 */
export function selectedIds({
  selection,
  selectedTogether,
}: Pick<Selected, "selection" | "selectedTogether">): readonly string[] {
  if (selection === null) return [];
  return selectedTogether.includes(selection) ? selectedTogether : [selection];
}

/** What commands on all that is selected go to, bottom first: a layer in a selected group goes with it. */
export function selectedLayers(state: Selected): Layer[] {
  if (!state.project) return [];
  return outermostLayers(state.project.document, selectedIds(state)).map(
    ({ layer }) => layer,
  );
}

/** Selects one layer and nothing else. */
export function select(workspace: Workspace, layerId: string): void {
  selectAll(workspace, [layerId]);
}

/** @param layerIds the last one is the one that commands for a single layer go to */
export function selectAll(
  workspace: Workspace,
  layerIds: readonly string[],
): void {
  workspace.store.setState({
    selection: layerIds.at(-1) ?? null,
    selectedTogether: layerIds,
    maskTargeted: false,
  });
}

/** Selects the layer and sends commands to its mask. */
export function selectMask(workspace: Workspace, layerId: string): void {
  select(workspace, layerId);
  workspace.store.setState({ maskTargeted: true });
}

/** Takes a layer into what is selected, or out of it; the last one stays. */
export function toggleSelected(workspace: Workspace, layerId: string): void {
  const ids = selectedIds(workspace.store.getState());
  const others = ids.filter((id) => id !== layerId);
  if (others.length < ids.length && others.length === 0) return;
  selectAll(workspace, others.length < ids.length ? others : [...ids, layerId]);
}

/**
 * Selects the layers from the one that was selected last to another; that one stays the last, so that the next end
 * begins there again.
 * @param order the list as it is shown
 */
export function selectTo(
  workspace: Workspace,
  layerId: string,
  order: readonly string[],
): void {
  const { selection } = workspace.store.getState();
  const from = selection === null ? -1 : order.indexOf(selection);
  const to = order.indexOf(layerId);
  if (from < 0 || to < 0 || selection === null) {
    select(workspace, layerId);
    return;
  }
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  selectAll(workspace, [
    ...between.filter((id) => id !== selection),
    selection,
  ]);
}

/** Selects every layer of the document. */
export function selectEveryLayer(workspace: Workspace): void {
  const { project, selection } = workspace.store.getState();
  if (!project) return;
  const ids = [...walkLayers(project.document.layers)].map(
    ({ layer }) => layer.id,
  );
  const others = ids.filter((id) => id !== selection);
  selectAll(
    workspace,
    others.length < ids.length && selection !== null
      ? [...others, selection]
      : ids,
  );
}
