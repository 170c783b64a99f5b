import {
  groupTogether,
  moveTogether,
  ungroup,
} from "../../common/document/arrange.ts";
import type { Document, Layer } from "../../common/document/document.ts";
import type {
  LayerChange,
  Operation,
  Place,
} from "../../common/document/operation.ts";
import {
  findLayer,
  locateLayer,
  outermostLayers,
  walkLayers,
} from "../../common/document/tree.ts";
import { commit } from "./edits.ts";
import { selectAll, selectedIds, selectedLayers } from "./layer-selection.ts";
import { report } from "./notices.ts";
import type { PageState } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** The layer that is selected, as it is in the document; of several the last. */
export function selectedLayer(
  state: Pick<PageState, "project" | "selection">,
): Layer | undefined {
  if (!state.project || state.selection === null) return undefined;
  return findLayer(state.project.document, state.selection);
}

export function changeLayer(
  workspace: Workspace,
  layerId: string,
  label: string,
  change: LayerChange,
): Promise<void> {
  return changeLayers(workspace, [layerId], label, change);
}

/** Changes the same of several layers in one step. */
export function changeLayers(
  workspace: Workspace,
  layerIds: readonly string[],
  label: string,
  change: LayerChange,
): Promise<void> {
  return commit(
    workspace,
    label,
    layerIds.map((layerId) => ({ kind: "setLayer", layerId, change })),
  );
}

/** The name of one layer, or how many there are. */
export function named(layers: readonly Layer[]): string {
  const [first, ...others] = layers;
  return first && others.length === 0 ? first.name : `${layers.length} layers`;
}

/** Runs what plans operations on the document; what it refuses is told to the artist. */
function planned(
  workspace: Workspace,
  label: string,
  plan: (document: Document) => Operation[],
): boolean {
  const { project } = workspace.store.getState();
  if (!project) return false;
  try {
    const operations = plan(project.document);
    commit(workspace, label, operations);
    return operations.length > 0;
  } catch (error) {
    report(workspace, error);
    return false;
  }
}

/** Takes what is selected away and selects what is below it. */
export function deleteSelected(workspace: Workspace): void {
  const state = workspace.store.getState();
  const layers = selectedLayers(state);
  if (!state.project || layers.length === 0) return;
  const next = besideAll(state.project.document, layers);
  planned(workspace, `Delete ${named(layers)}`, () =>
    layers.map(({ id }) => ({ kind: "removeLayer", layerId: id })),
  );
  selectAll(workspace, next === undefined ? [] : [next]);
}

/** The layer that stays nearest to some that go: below the lowest, above it, around it, or anywhere. */
function besideAll(
  document: Document,
  layers: readonly Layer[],
): string | undefined {
  const going = new Set([...walkLayers(layers)].map((place) => place.layer.id));
  const [lowest] = outermostLayers(document, going);
  const siblings = (lowest?.parent ?? document).layers;
  const below = siblings.slice(0, lowest?.index).reverse();
  const near = [...below, ...siblings.slice(lowest?.index)].find(
    ({ id }) => !going.has(id),
  );
  const left = document.layers.filter(({ id }) => !going.has(id));
  return (near ?? lowest?.parent ?? left.at(-1))?.id;
}

/** Puts a copy of each selected layer above it and selects the copies. */
export function duplicateSelected(workspace: Workspace): void {
  const layers = selectedLayers(workspace.store.getState());
  const copies = layers.map((layer) => ({
    ...withNewIds(layer),
    name: nameOfCopy(layer.name),
  }));
  const done = planned(workspace, `Duplicate ${named(layers)}`, (document) =>
    // From the top down, so that those above do not move the places of the others.
    layers
      .map((layer, index): Operation => {
        const { parent, index: own } = locateLayer(document, layer.id)!;
        return {
          kind: "addLayer",
          layer: copies[index]!,
          at: { parent: parent?.id ?? null, index: own + 1 },
        };
      })
      .reverse(),
  );
  if (done)
    selectAll(
      workspace,
      copies.map(({ id }) => id),
    );
}

/** "Sky" is followed by "Sky copy", that by "Sky copy 2". */
export function nameOfCopy(name: string): string {
  const [, original = name, number] =
    /^(.*) copy(?: (\d{1,4}))?$/.exec(name) ?? [];
  const next = original === name ? " copy" : ` copy ${Number(number ?? 1) + 1}`;
  return `${original.slice(0, 255 - next.length)}${next}`;
}

function emptyGroup(): Extract<Layer, { kind: "group" }> {
  return {
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
}

/** Puts an empty group above what is selected, or on top. */
export function addGroup(workspace: Workspace): void {
  const { selection } = workspace.store.getState();
  const group = emptyGroup();
  const done = planned(workspace, "New group", (document) => {
    const place =
      selection === null ? undefined : locateLayer(document, selection);
    const at = place
      ? { parent: place.parent?.id ?? null, index: place.index + 1 }
      : { parent: null, index: document.layers.length };
    return [{ kind: "addLayer", layer: group, at }];
  });
  if (done) selectAll(workspace, [group.id]);
}

/** Puts what is selected into a new group, which takes the place of the topmost. */
export function groupSelected(workspace: Workspace): void {
  const layers = selectedLayers(workspace.store.getState());
  const group = emptyGroup();
  const done = planned(workspace, `Group ${named(layers)}`, (document) =>
    groupTogether(
      document,
      layers.map(({ id }) => id),
      group,
    ),
  );
  if (done) selectAll(workspace, [group.id]);
}

/** Puts what is in the selected groups in their place and selects it. */
export function ungroupSelected(workspace: Workspace): void {
  const layers = selectedLayers(workspace.store.getState());
  const groups = layers.filter((layer) => layer.kind === "group");
  const done = planned(workspace, `Ungroup ${named(groups)}`, (document) =>
    ungroup(
      document,
      groups.map(({ id }) => id),
    ),
  );
  if (done)
    selectAll(
      workspace,
      layers.flatMap((layer) =>
        layer.kind === "group" ? layer.layers.map(({ id }) => id) : [layer.id],
      ),
    );
}

/** @param gap as `moveTogether` takes it */
export function moveSelected(workspace: Workspace, gap: Place): void {
  const state = workspace.store.getState();
  planned(workspace, `Move ${named(selectedLayers(state))}`, (document) =>
    moveTogether(document, selectedIds(state), gap),
  );
}

/** A copy of a layer, with all that is in it, that can lie beside it. */
export function withNewIds(layer: Layer): Layer {
  const id = crypto.randomUUID();
  return layer.kind === "group"
    ? { ...layer, id, layers: layer.layers.map(withNewIds) }
    : { ...layer, id };
}
