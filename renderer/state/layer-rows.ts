import type { Document, Layer } from "../../common/document/document.ts";

/** A layer as it is listed. */
export interface Row {
  readonly layer: Layer;
  /** Id of the group that it is in, or null. */
  readonly parent: string | null;
  /** Among its siblings, counted from the bottom. */
  readonly index: number;
  /** 0 for a layer in the document itself. */
  readonly depth: number;
  /** A group whose layers are not listed. */
  readonly folded: boolean;
}

/** The layers as painters list them: the top one first, a group before what is in it, unless it is folded. */
export function rowsOf(document: Document, folded: ReadonlySet<string>): Row[] {
  return rowsIn(document.layers, null, 0, folded);
}

function rowsIn(
  layers: readonly Layer[],
  parent: string | null,
  depth: number,
  folded: ReadonlySet<string>,
): Row[] {
  return layers
    .map((layer, index): Row[] => {
      const isFolded = layer.kind === "group" && folded.has(layer.id);
      const row = { layer, parent, index, depth, folded: isFolded };
      return layer.kind === "group" && !isFolded
        ? [row, ...rowsIn(layer.layers, layer.id, depth + 1, folded)]
        : [row];
    })
    .reverse()
    .flat();
}
