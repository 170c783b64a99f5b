import {
  type Affine,
  about,
  scaling,
  translation,
} from "../../common/document/affine.ts";
import type { AssetHash, Layer } from "../../common/document/document.ts";
import { mapLayers } from "../../common/document/geometry.ts";
import type { SnapLine, SnapTargets } from "../canvas/box-maps.ts";
import {
  type Box,
  boxOf,
  mappedBox,
  pointOf,
} from "../canvas/transform-box.ts";
import type { Size } from "../canvas/view.ts";
import { commit, historyReach, moveInHistory } from "./edits.ts";
import { selectedIds, selectedLayers } from "./layer-selection.ts";
import type { PageState } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** From so near an edge is drawn to a line, in window pixels. */
const snapReach = 6;

export function keepPictureSize(
  { store }: Workspace,
  hash: AssetHash,
  size: Size,
): void {
  store.setState(({ pictureSizes }) => ({
    pictureSizes: new Map(pictureSizes).set(hash, size),
  }));
}

/** The selected layers, where all of them can be transformed; else none. */
export function transformable(
  state: Pick<PageState, "project" | "selection" | "selectedTogether">,
): readonly Layer[] {
  const layers = selectedLayers(state);
  return layers.every((layer) => !layer.locked && layer.visible) ? layers : [];
}

/** The box of what can be transformed, as it is in the document. */
export function transformBox(
  state: Pick<
    PageState,
    "project" | "selection" | "selectedTogether" | "pictureSizes"
  >,
): Box | null {
  return boxOf(transformable(state), (hash) => state.pictureSizes.get(hash));
}

let lastBox: { box: Box; map: Affine; shown: Box } | null = null;

/** The box as it is shown, while a hand is transforming it too. */
export function shownBox(state: PageState): Box | null {
  const box = cachedBox(state);
  const map = state.transforming?.map;
  if (!box || !map) return box;
  if (lastBox?.box !== box || lastBox.map !== map)
    lastBox = { box, map, shown: mappedBox(box, map) };
  return lastBox.shown;
}

let lastOwn: {
  document: unknown;
  selected: string;
  sizes: unknown;
  box: Box | null;
} | null = null;

/** The same object until what it depends on changes. */
function cachedBox(state: PageState): Box | null {
  const { pictureSizes: sizes } = state;
  const selected = keyOfSelected(state);
  const document = state.project?.document;
  if (
    lastOwn?.document !== document ||
    lastOwn?.selected !== selected ||
    lastOwn.sizes !== sizes
  )
    lastOwn = { document, selected, sizes, box: transformBox(state) };
  return lastOwn.box;
}

/** The same for the same layers. */
function keyOfSelected(
  state: Pick<PageState, "selection" | "selectedTogether">,
): string {
  return [...selectedIds(state)].sort().join(" ");
}

/** The edges and the middle of the document. */
export function snapTargets({ project, view }: PageState): SnapTargets {
  const { width = 0, height = 0 } = project?.document ?? {};
  return {
    x: [0, width / 2, width],
    y: [0, height / 2, height],
    reach: snapReach / view.zoom,
  };
}

/** Shows a transform while a hand is making it. */
export function previewTransform(
  { store }: Workspace,
  map: Affine,
  lines: readonly SnapLine[],
): void {
  const state = store.getState();
  if (!state.project) return;
  const ids = new Set(transformable(state).map(({ id }) => id));
  const operation = mapLayers(state.project.document, ids, map);
  store.setState({ transforming: { operation, map, lines } });
}

export function endTransform({ store }: Workspace): void {
  store.setState({ transforming: null });
}

/**
 * Makes one step of history of a transform of what is selected.
 * @param verb what was done: "Move"
 */
export function commitTransform(
  workspace: Workspace,
  verb: string,
  map: Affine,
): void {
  const state = workspace.store.getState();
  const { project } = state;
  const layers = transformable(state);
  const [first, ...others] = layers;
  if (!project || !first || isNothing(map)) {
    endTransform(workspace);
    return;
  }
  const before = transformMark(state) ?? {
    projectId: project.confirmed.id,
    selected: keyOfSelected(state),
    position: historyReach(project).position,
  };
  const name = others.length > 0 ? `${layers.length} layers` : first.name;
  const ids = new Set(layers.map(({ id }) => id));
  commit(workspace, `${verb} ${name}`.slice(0, 120), [
    mapLayers(project.document, ids, map),
  ]);
  workspace.store.setState({ transformMark: before });
}

/** Where Escape leads back to; null where nothing has been transformed that could be taken back. */
export function transformMark(
  state: Pick<
    PageState,
    "project" | "selection" | "selectedTogether" | "transformMark"
  >,
): PageState["transformMark"] {
  const { project, transformMark: mark } = state;
  return mark?.projectId === project?.confirmed.id &&
    mark?.selected === keyOfSelected(state)
    ? mark
    : null;
}

/** Enter: what was transformed stays so. */
export function acceptTransforms({ store }: Workspace): void {
  store.setState({ transformMark: null });
}

/** Escape: back to the mark. */
export function revertTransforms(workspace: Workspace): void {
  const mark = transformMark(workspace.store.getState());
  if (mark) moveInHistory(workspace, mark.position);
}

/** Moves what is selected by whole pixels. */
export function nudge(workspace: Workspace, x: number, y: number): void {
  commitTransform(workspace, "Move", translation(x, y));
}

/** Mirrors what is selected about its own middle. */
export function flip(
  workspace: Workspace,
  how: "horizontal" | "vertical",
): void {
  const box = transformBox(workspace.store.getState());
  if (!box) return;
  const map = how === "horizontal" ? scaling(-1, 1) : scaling(1, -1);
  commitTransform(workspace, "Flip", about(pointOf(box, 0, 0), map));
}

function isNothing({ a, b, c, d, e, f }: Affine): boolean {
  return a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0;
}
