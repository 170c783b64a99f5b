import type { Document, Layer } from "../../common/document/document.ts";
import type {
  LayerChange,
  Operation,
  Place,
} from "../../common/document/operation.ts";
import { findLayer, locateLayer } from "../../common/document/tree.ts";
import { commit } from "./edits.ts";
import type { PageState } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** The layer that is selected, as it is shown. */
export function selectedLayer(
  state: Pick<PageState, "project" | "selection">,
): Layer | undefined {
  if (!state.project || state.selection === null) return undefined;
  return findLayer(state.project.document, state.selection);
}

export function select(workspace: Workspace, layerId: string | null): void {
  workspace.store.setState({ selection: layerId, maskTargeted: false });
}

/** Selects the layer and sends commands to its mask. */
export function selectMask(workspace: Workspace, layerId: string): void {
  workspace.store.setState({ selection: layerId, maskTargeted: true });
}

export function changeLayer(
  workspace: Workspace,
  layerId: string,
  label: string,
  change: LayerChange,
): Promise<void> {
  return commit(workspace, label, [{ kind: "setLayer", layerId, change }]);
}

/** Takes the layer away and selects the one below it. */
export function deleteLayer(workspace: Workspace, layer: Layer): Promise<void> {
  const { project } = workspace.store.getState();
  const place = project ? locateLayer(project.document, layer.id) : undefined;
  if (!project || !place) return Promise.resolve();
  const siblings = place.parent?.layers ?? project.document.layers;
  const next =
    siblings[place.index - 1] ?? siblings[place.index + 1] ?? place.parent;
  const done = commit(workspace, `Delete ${layer.name}`, [
    { kind: "removeLayer", layerId: layer.id },
  ]);
  workspace.store.setState({ selection: next?.id ?? null });
  return done;
}

export function duplicateLayer(
  workspace: Workspace,
  layer: Layer,
): Promise<void> {
  const { project } = workspace.store.getState();
  const place = project ? locateLayer(project.document, layer.id) : undefined;
  if (!place) return Promise.resolve();
  const copy = {
    ...withNewIds(layer),
    name: `${layer.name} copy`.slice(0, 255),
  };
  const at = { parent: place.parent?.id ?? null, index: place.index + 1 };
  const done = commit(workspace, `Duplicate ${layer.name}`, [
    { kind: "addLayer", layer: copy, at },
  ]);
  workspace.store.setState({ selection: copy.id });
  return done;
}

/** Puts a layer into a new group in its place. */
export function groupLayer(workspace: Workspace, layer: Layer): Promise<void> {
  const { project } = workspace.store.getState();
  const place = project ? locateLayer(project.document, layer.id) : undefined;
  if (!place) return Promise.resolve();
  const group: Layer = {
    id: crypto.randomUUID(),
    name: "Group",
    kind: "group",
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "passThrough",
    mask: null,
    layers: [],
  };
  const at = { parent: place.parent?.id ?? null, index: place.index };
  return commit(workspace, `Group ${layer.name}`, [
    { kind: "addLayer", layer: group, at },
    {
      kind: "moveLayer",
      layerId: layer.id,
      to: { parent: group.id, index: 0 },
    },
  ]);
}

/** @param to index counted without the layer itself */
export function moveLayer(
  workspace: Workspace,
  layer: Layer,
  to: Place,
): Promise<void> {
  const { project } = workspace.store.getState();
  const from = project ? locateLayer(project.document, layer.id) : undefined;
  if (
    !from ||
    ((from.parent?.id ?? null) === to.parent && from.index === to.index)
  )
    return Promise.resolve();
  const move: Operation = { kind: "moveLayer", layerId: layer.id, to };
  return commit(workspace, `Move ${layer.name}`, [move]);
}

/** The place one step above or below among its siblings, or null at the end. */
export function neighbouringPlace(
  document: Document,
  layerId: string,
  direction: "up" | "down",
): Place | null {
  const from = locateLayer(document, layerId);
  if (!from) return null;
  const siblings = from.parent?.layers ?? document.layers;
  const index = from.index + (direction === "up" ? 1 : -1);
  if (index < 0 || index >= siblings.length) return null;
  return { parent: from.parent?.id ?? null, index };
}

/** A copy of a layer, with all that is in it, that can lie beside it. */
export function withNewIds(layer: Layer): Layer {
  const id = crypto.randomUUID();
  return layer.kind === "group"
    ? { ...layer, id, layers: layer.layers.map(withNewIds) }
    : { ...layer, id };
}
