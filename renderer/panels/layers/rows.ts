import type { Document, Layer } from "../../../common/document/document.ts";
import type { Place } from "../../../common/document/operation.ts";
import { walkLayers } from "../../../common/document/tree.ts";

/** A layer as the panel lists it. */
export interface Row {
  readonly layer: Layer;
  /** Id of the group that it is in, or null. */
  readonly parent: string | null;
  /** Among its siblings, counted from the bottom. */
  readonly index: number;
  /** 0 for a layer in the document itself. */
  readonly depth: number;
}

/** The layers as painters list them: the top one first, a group before what is in it. */
export function rowsOf(document: Document): Row[] {
  return rowsIn(document.layers, null, 0);
}

function rowsIn(
  layers: readonly Layer[],
  parent: string | null,
  depth: number,
): Row[] {
  return layers
    .map((layer, index): Row[] => [
      { layer, parent, index, depth },
      ...(layer.kind === "group"
        ? rowsIn(layer.layers, layer.id, depth + 1)
        : []),
    ])
    .reverse()
    .flat();
}

/** Where a dragged layer would go: over the upper part of a row, its lower part, or, for a group, into it. */
export type DropSide = "above" | "below" | "into";

/** @param share how far down the row the pointer is, 0 to 1 */
export function dropSide(row: Row, share: number): DropSide {
  if (row.layer.kind !== "group") return share < 0.5 ? "above" : "below";
  if (share < 0.25) return "above";
  return share > 0.75 ? "below" : "into";
}

/**
 * The place that a drop means, its index counted without the dragged layer, as `moveLayer` counts; null where the
 * layer would end up inside itself.
 */
export function dropPlace(
  dragged: Row,
  onto: Row,
  side: DropSide,
): Place | null {
  for (const { layer } of walkLayers([dragged.layer])) {
    if (
      layer.id === onto.parent ||
      (side === "into" && layer.id === onto.layer.id)
    )
      return null;
  }
  const place: Place =
    side === "into"
      ? {
          parent: onto.layer.id,
          index: onto.layer.kind === "group" ? onto.layer.layers.length : 0,
        }
      : { parent: onto.parent, index: onto.index + (side === "above" ? 1 : 0) };
  const leaves = dragged.parent === place.parent && dragged.index < place.index;
  return leaves ? { ...place, index: place.index - 1 } : place;
}
