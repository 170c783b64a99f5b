import type { Document } from "../../common/document/document.ts";
import type { Operation } from "../../common/document/operation.ts";
import { showOnly } from "../../common/document/solo.ts";
import { findLayer, walkLayers } from "../../common/document/tree.ts";
import { commit } from "./edits.ts";
import { named } from "./layers.ts";
import type { Solo } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** Shows some layers and no others; where it is so already, shows the others as they were. */
export function toggleSolo(
  workspace: Workspace,
  layerIds: readonly string[],
): void {
  const { project, solo } = workspace.store.getState();
  if (!project) return;
  const { document } = project;
  const only = showOnly(document, layerIds);
  if (only.length > 0) {
    const layers = layerIds.flatMap((id) => findLayer(document, id) ?? []);
    commit(workspace, `Show only ${named(layers)}`, only);
    workspace.store.setState({ solo: { layerIds, back: only.map(opposite) } });
    return;
  }
  commit(workspace, "Show the others", othersOf(document, layerIds, solo));
  workspace.store.setState({ solo: null });
}

/** What shows the others again: as they were, where that is known, else all of them. */
function othersOf(
  document: Document,
  layerIds: readonly string[],
  solo: Solo | null,
): Operation[] {
  const same =
    solo !== null &&
    solo.layerIds.length === layerIds.length &&
    solo.layerIds.every((id) => layerIds.includes(id));
  if (same)
    return solo.back.filter(
      (operation) =>
        operation.kind === "setLayer" && findLayer(document, operation.layerId),
    );
  return [...walkLayers(document.layers)]
    .filter(({ layer }) => !layer.visible)
    .map(({ layer }) => show(layer.id, true));
}

function opposite(operation: Operation): Operation {
  return operation.kind === "setLayer"
    ? show(operation.layerId, !operation.change.visible)
    : operation;
}

function show(layerId: string, visible: boolean): Operation {
  return { kind: "setLayer", layerId, change: { visible } };
}
