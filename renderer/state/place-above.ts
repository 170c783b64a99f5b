import type { Place } from "../../common/document/operation.ts";
import { locateLayer } from "../../common/document/tree.ts";
import type { OpenProject } from "./page-state.ts";

/** The place right above a layer, or on top of all. */
export function placeAbove(
  { document }: OpenProject,
  layerId: string | null,
): Place {
  const below = layerId === null ? undefined : locateLayer(document, layerId);
  return below
    ? { parent: below.parent?.id ?? null, index: below.index + 1 }
    : { parent: null, index: document.layers.length };
}
