import { Failure } from "../failure.ts";
import {
  type Document,
  type Layer,
  maximumDepth,
  maximumSiblings,
} from "./document.ts";
import type { Applied, LayerChange, Operation, Place } from "./operation.ts";
import { setGeometry } from "./set-geometry.ts";
import { heightOf, locateLayer, walkLayers, withLayersOf } from "./tree.ts";

/**
 * Applies one operation. Pure: the given document is not altered, and everything that the operation leaves alone is
 * shared with the new one, so that `===` tells what changed.
 *
 * The index of `moveLayer` is counted among the new siblings without the moved layer, so it is the index at which the
 * layer ends up. Whether a layer is locked is for the tools to heed; an operation reaches it all the same.
 *
 * @throws Failure `invalid` where the operation does not fit the document
 */
export function applyOperation(
  document: Document,
  operation: Operation,
): Applied {
  switch (operation.kind) {
    case "addLayer":
      return addLayer(document, operation.layer, operation.at);
    case "removeLayer":
      return removeLayer(document, operation.layerId);
    case "moveLayer":
      return moveLayer(document, operation.layerId, operation.to);
    case "setLayer":
      return setLayer(document, operation.layerId, operation.change);
    case "setGeometry":
      return setGeometry(document, operation);
  }
}

function addLayer(document: Document, layer: Layer, at: Place): Applied {
  const taken = new Set<string>();
  for (const present of walkLayers(document.layers))
    taken.add(present.layer.id);
  for (const added of walkLayers([layer])) {
    if (taken.has(added.layer.id))
      throw invalid(
        `There is already a layer with the id "${added.layer.id}".`,
        added.layer.id,
      );
    taken.add(added.layer.id);
  }
  return {
    document: insert(document, layer, at),
    inverse: { kind: "removeLayer", layerId: layer.id },
  };
}

function removeLayer(document: Document, layerId: string): Applied {
  const { layer, place } = located(document, layerId);
  return {
    document: takeOut(document, place),
    inverse: { kind: "addLayer", layer, at: place },
  };
}

function moveLayer(document: Document, layerId: string, to: Place): Applied {
  const { layer, place } = located(document, layerId);
  if (to.parent !== null && holds(layer, to.parent))
    throw invalid(
      `The group "${layer.name}" cannot be moved into itself.`,
      layerId,
    );
  const inverse: Operation = { kind: "moveLayer", layerId, to: place };
  if (to.parent === place.parent && to.index === place.index)
    return { document, inverse };
  return { document: insert(takeOut(document, place), layer, to), inverse };
}

function setLayer(
  document: Document,
  layerId: string,
  change: LayerChange,
): Applied {
  const { layer, place } = located(document, layerId);
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(change)) {
    // A partial schema lets an explicit undefined pass; it asks for nothing.
    if (value === undefined) continue;
    if (!Object.hasOwn(layer, property))
      throw invalid(
        `The ${layer.kind} layer "${layer.name}" has no ${property}.`,
        layerId,
      );
    before[property] = layer[property as keyof Layer];
    after[property] = value;
  }
  if (after.blendMode === "passThrough" && layer.kind !== "group")
    throw invalid(
      `Only groups can pass through; "${layer.name}" is a ${layer.kind} layer.`,
      layerId,
    );
  const inverse: Operation = {
    kind: "setLayer",
    layerId,
    change: before as LayerChange,
  };
  if (Object.keys(after).length === 0) return { document, inverse };
  // The loop above has let only properties of this layer's own kind through.
  const changed = { ...layer, ...after } as Layer;
  return {
    document: withLayersOf(document, place.parent, (layers) =>
      layers.with(place.index, changed),
    ),
    inverse,
  };
}

function insert(document: Document, layer: Layer, at: Place): Document {
  const parent = at.parent === null ? null : located(document, at.parent);
  if (parent !== null && parent.layer.kind !== "group")
    throw invalid(
      `"${parent.layer.name}" is not a group, so no layer can be put into it.`,
      parent.layer.id,
    );
  const depth = parent === null ? 0 : parent.depth;
  if (depth + heightOf(layer) > maximumDepth)
    throw invalid(
      `Groups can be nested ${maximumDepth} deep; "${layer.name}" would lie deeper.`,
      layer.id,
    );
  const siblings =
    parent?.layer.kind === "group" ? parent.layer.layers : document.layers;
  if (at.index > siblings.length)
    throw invalid(
      `"${layer.name}" cannot be put at index ${at.index}: there are ${siblings.length} layers.`,
      layer.id,
    );
  if (siblings.length >= maximumSiblings)
    throw invalid(
      `There are already ${maximumSiblings} layers beside "${layer.name}", which is the most.`,
      layer.id,
    );
  return withLayersOf(document, at.parent, (layers) =>
    layers.toSpliced(at.index, 0, layer),
  );
}

function takeOut(document: Document, place: Place): Document {
  return withLayersOf(document, place.parent, (layers) =>
    layers.toSpliced(place.index, 1),
  );
}

function located(document: Document, layerId: string) {
  const found = locateLayer(document, layerId);
  if (found === undefined)
    throw invalid(`There is no layer with the id "${layerId}".`, layerId);
  const { layer, parent, index, depth } = found;
  const place: Place = { parent: parent?.id ?? null, index };
  return { layer, place, depth };
}

/** Whether a layer is, or holds at any depth, the one of that id. */
function holds(layer: Layer, layerId: string): boolean {
  for (const within of walkLayers([layer]))
    if (within.layer.id === layerId) return true;
  return false;
}

function invalid(message: string, subject: string): Failure {
  return new Failure("invalid", message, { subject });
}
