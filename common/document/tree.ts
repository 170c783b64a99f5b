import type { AssetHash, Document, GroupLayer, Layer } from "./document.ts";

/** A layer and where it stands. */
export interface LayerPlace {
  readonly layer: Layer;
  /** null: the document itself. */
  readonly parent: GroupLayer | null;
  /** Among its siblings, counted from the bottom. */
  readonly index: number;
  /** 1 for a layer in the document itself. */
  readonly depth: number;
}

/** Every layer below `layers`, bottom first, a group before its own layers. */
export function* walkLayers(
  layers: readonly Layer[],
  parent: GroupLayer | null = null,
  depth = 1,
): Generator<LayerPlace> {
  for (const [index, layer] of layers.entries()) {
    yield { layer, parent, index, depth };
    if (layer.kind === "group")
      yield* walkLayers(layer.layers, layer, depth + 1);
  }
}

/** The layer of that id and its place, or undefined. */
export function locateLayer(
  document: Document,
  layerId: string,
): LayerPlace | undefined {
  for (const place of walkLayers(document.layers))
    if (place.layer.id === layerId) return place;
  return undefined;
}

/** The layer of that id, or undefined. */
export function findLayer(
  document: Document,
  layerId: string,
): Layer | undefined {
  return locateLayer(document, layerId)?.layer;
}

/** Of the layers of those ids the ones that lie in none of the others, bottom first. */
export function outermostLayers(
  document: Document,
  layerIds: Iterable<string>,
): LayerPlace[] {
  const wanted = new Set(layerIds);
  const within = (
    layers: readonly Layer[],
    parent: GroupLayer | null,
    depth: number,
  ): LayerPlace[] =>
    layers.flatMap((layer, index) => {
      if (wanted.has(layer.id)) return [{ layer, parent, index, depth }];
      return layer.kind === "group"
        ? within(layer.layers, layer, depth + 1)
        : [];
    });
  return within(document.layers, null, 1);
}

/** Levels that a layer takes up: 1, and for a group the deepest of its own. */
export function heightOf(layer: Layer): number {
  let height = 1;
  for (const { depth } of walkLayers([layer])) height = Math.max(height, depth);
  return height;
}

/** Every picture that a document shows or remembers: sources, results and masks. */
export function assetsOf(document: Document): Set<AssetHash> {
  const assets = new Set<AssetHash>();
  for (const { layer } of walkLayers(document.layers)) {
    if (layer.mask?.asset) assets.add(layer.mask.asset);
    if (layer.kind === "picture") assets.add(layer.asset);
    if (layer.kind === "styled") {
      assets.add(layer.source);
      if (layer.result) assets.add(layer.result.asset);
    }
  }
  return assets;
}

/**
 * The tree with the children of one parent replaced. Only the groups on the way to it are made anew; all else is shared.
 * @param parent id of a group, or null for the document itself
 */
export function withLayersOf(
  document: Document,
  parent: string | null,
  change: (layers: readonly Layer[]) => Layer[],
): Document {
  if (parent === null) return { ...document, layers: change(document.layers) };
  const layers = replaceIn(document.layers, parent, change);
  return layers === null ? document : { ...document, layers };
}

/** @returns null where the group is not among or below `layers` */
function replaceIn(
  layers: readonly Layer[],
  parent: string,
  change: (layers: readonly Layer[]) => Layer[],
): Layer[] | null {
  for (const [index, layer] of layers.entries()) {
    if (layer.kind !== "group") continue;
    const inner =
      layer.id === parent
        ? change(layer.layers)
        : replaceIn(layer.layers, parent, change);
    if (inner !== null) return layers.with(index, { ...layer, layers: inner });
  }
  return null;
}
