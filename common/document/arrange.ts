import type { Document, GroupLayer } from "./document.ts";
import type { Operation, Place } from "./operation.ts";
import { applyOperation } from "./operations.ts";
import { locateLayer, outermostLayers } from "./tree.ts";

/**
 * Operations that put layers side by side, in the order that they have. A layer that lies in another of them goes with it;
 * what is in its place already is not mentioned.
 * @param gap where to, its index counted among the siblings that are there now, the moved ones included
 * @throws Failure `invalid` where the place is in one of the layers, or too deep
 */
export function moveTogether(
  document: Document,
  layerIds: Iterable<string>,
  gap: Place,
): Operation[] {
  const operations: Operation[] = [];
  let arranged = document;
  let to = gap;
  // The topmost first; each of the others then goes right below the one before.
  for (const { layer } of outermostLayers(document, layerIds).reverse()) {
    const from = locateLayer(arranged, layer.id)!;
    const parent = from.parent?.id ?? null;
    const leavesBelow = parent === to.parent && from.index < to.index;
    const index = leavesBelow ? to.index - 1 : to.index;
    if (parent !== to.parent || from.index !== index) {
      const move: Operation = {
        kind: "moveLayer",
        layerId: layer.id,
        to: { parent: to.parent, index },
      };
      arranged = applyOperation(arranged, move).document;
      operations.push(move);
    }
    to = { parent: to.parent, index };
  }
  return operations;
}

/**
 * Operations that put layers into a new group in the place of the topmost of them.
 * @param group empty, of a new id
 * @throws Failure `invalid` where they would lie too deep
 */
export function groupTogether(
  document: Document,
  layerIds: readonly string[],
  group: GroupLayer,
): Operation[] {
  const top = outermostLayers(document, layerIds).at(-1);
  if (top === undefined) return [];
  const add: Operation = {
    kind: "addLayer",
    layer: group,
    at: { parent: top.parent?.id ?? null, index: top.index + 1 },
  };
  const { document: grouped } = applyOperation(document, add);
  const inside = { parent: group.id, index: 0 };
  return [add, ...moveTogether(grouped, layerIds, inside)];
}

/**
 * Operations that put what is in some groups in their place. What the groups had of their own, opacity, blend mode and mask,
 * goes with them.
 * @throws Failure `invalid` where there would be too many layers side by side
 */
export function ungroup(
  document: Document,
  groupIds: Iterable<string>,
): Operation[] {
  const operations: Operation[] = [];
  let arranged = document;
  for (const { layer } of outermostLayers(document, groupIds)) {
    if (layer.kind !== "group") continue;
    const { parent, index } = locateLayer(arranged, layer.id)!;
    const inner = layer.layers.map(({ id }) => id);
    const above = { parent: parent?.id ?? null, index: index + 1 };
    const own: Operation[] = [
      ...moveTogether(arranged, inner, above),
      { kind: "removeLayer", layerId: layer.id },
    ];
    for (const operation of own)
      arranged = applyOperation(arranged, operation).document;
    operations.push(...own);
  }
  return operations;
}

export type Direction = "up" | "down";

/**
 * The gap, as `moveTogether` takes it, that layers reach by one step: past the next layer, and out of their group at its
 * end.
 * @returns null at the end of the document
 */
export function nextGap(
  document: Document,
  layerIds: Iterable<string>,
  direction: Direction,
): Place | null {
  const found = edge(document, layerIds, direction);
  if (!found) return null;
  const { outer, parent, beside } = found;
  if (beside.layer)
    return { parent, index: beside.index + (direction === "up" ? 1 : 0) };
  if (outer === null) return null;
  const { parent: around, index } = locateLayer(document, outer.id)!;
  return {
    parent: around?.id ?? null,
    index: direction === "up" ? index + 1 : index,
  };
}

/** The nearest gap in the group next to some layers; null where no group is next to them. */
export function gapInNeighbour(
  document: Document,
  layerIds: Iterable<string>,
  direction: Direction,
): Place | null {
  const { layer } = edge(document, layerIds, direction)?.beside ?? {};
  if (layer?.kind !== "group") return null;
  return {
    parent: layer.id,
    index: direction === "up" ? 0 : layer.layers.length,
  };
}

/** The gap at the end of the group that some layers are in; null where they are there already. */
export function lastGap(
  document: Document,
  layerIds: readonly string[],
  direction: Direction,
): Place | null {
  const found = edge(document, layerIds, direction);
  if (!found) return null;
  const { outer, parent } = found;
  const { length } = (outer ?? document).layers;
  const gap = { parent, index: direction === "up" ? length : 0 };
  return moveTogether(document, layerIds, gap).length > 0 ? gap : null;
}

/** Where the outermost of some layers in a direction stands, and what is next to it there. */
function edge(
  document: Document,
  layerIds: Iterable<string>,
  direction: Direction,
) {
  const places = outermostLayers(document, layerIds);
  const place = direction === "up" ? places.at(-1) : places[0];
  if (place === undefined) return null;
  const { parent: outer, index: own } = place;
  const index = own + (direction === "up" ? 1 : -1);
  const layer = (outer ?? document).layers[index];
  return { outer, parent: outer?.id ?? null, beside: { layer, index } };
}
