import type { EventPayload } from "../../common/contract/studio.ts";
import type { Document } from "../../common/document/document.ts";
import type { MergeScope } from "../../common/document/merge.ts";
import {
  findLayer,
  outermostLayers,
  walkLayers,
} from "../../common/document/tree.ts";
import { clipped, settled, takeNews } from "./edits.ts";
import { select, selectedIds } from "./layer-selection.ts";
import { attempt, notify } from "./notices.ts";
import type { PageState } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** A merge as a menu offers it. */
export interface Merge {
  /** Of the step, and of the menu. */
  readonly label: string;
  readonly scope: MergeScope;
}

/**
 * What merging means for what is selected: several layers with each other, a group with what is in it, a layer with the
 * one below.
 * @returns null where one of them is locked or hidden, or nothing is below
 */
export function mergeOfSelected(
  state: Pick<PageState, "project" | "selection" | "selectedTogether">,
): Merge | null {
  if (!state.project) return null;
  const { document } = state.project;
  const places = outermostLayers(document, selectedIds(state));
  const [only, ...others] = places;
  if (only === undefined) return null;
  if (others.length > 0)
    return free(document, {
      label: "Merge layers",
      ids: places.map(({ layer }) => layer.id),
    });
  if (only.layer.kind === "group")
    return only.layer.layers.length === 0
      ? null
      : free(document, { label: "Merge group", ids: [only.layer.id] });
  const below = (only.parent ?? document).layers[only.index - 1];
  return below === undefined
    ? null
    : free(document, { label: "Merge down", ids: [below.id, only.layer.id] });
}

function free(
  document: Document,
  { label, ids }: { label: string; ids: string[] },
): Merge | null {
  const layers = ids.flatMap((id) => findLayer(document, id) ?? []);
  if (layers.some(({ visible }) => !visible)) return null;
  for (const { layer } of walkLayers(layers)) if (layer.locked) return null;
  return { label, scope: { kind: "layers", layerIds: ids } };
}

/** Has the studio make one layer of several, and selects it. */
export function merge(
  workspace: Workspace,
  { label, scope }: Merge,
): Promise<void> {
  return attempt(workspace, async () => {
    const { store, host } = workspace;
    await settled(workspace);
    const { project, merging } = store.getState();
    if (!project || merging) return;
    const { id: projectId } = project.confirmed;
    store.setState({
      merging: { projectId, progress: 0, begun: performance.now() },
    });
    try {
      const answer = await host.call("mergeLayers", {
        projectId,
        revision: project.confirmed.revision,
        label: clipped(label),
        scope,
      });
      takeNews(workspace, answer.project, 0);
      const shown = store.getState().project;
      if (shown && findLayer(shown.document, answer.layerId))
        select(workspace, answer.layerId);
      if (answer.leftOut > 0)
        notify(
          workspace,
          answer.leftOut === 1
            ? "A hidden layer was left out."
            : `${answer.leftOut} hidden layers were left out.`,
          "Undo brings them back.",
        );
    } finally {
      store.setState({ merging: null });
    }
  });
}

/** Nothing has changed then. */
export function cancelMerge(workspace: Workspace): Promise<void> {
  return attempt(workspace, async () => {
    const { merging } = workspace.store.getState();
    if (!merging) return;
    const { projectId } = merging;
    await workspace.host.call("cancelMerge", { projectId });
  });
}

/** Takes word of how far the studio is. */
export function takeMergeProgress(
  { store }: Workspace,
  { projectId, progress }: EventPayload<"mergeProgressed">,
): void {
  store.setState(({ merging }) =>
    merging?.projectId === projectId
      ? { merging: { ...merging, progress } }
      : {},
  );
}
