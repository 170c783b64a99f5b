import type { Place } from "../../../common/document/operation.ts";
import { walkLayers } from "../../../common/document/tree.ts";
import type { Row } from "../../state/layer-rows.ts";

/** Where dragged layers would go. */
export interface DropPlace {
  /** As `moveTogether` takes it. */
  readonly gap: Place;
  /** What shows it: a line at an edge of a row, or the whole row of a group. */
  readonly at: number;
  readonly side: "above" | "below" | "into";
  /** How deep the layers would lie: where the line begins. */
  readonly depth: number;
}

/**
 * What a pointer over the list means. Over the upper half of a row it is above, over the lower half below; a group takes
 * layers in the middle, and an open one from there down. Below the lowest layer of a group, a pointer farther left leaves
 * the group, and below the list it leaves them all.
 * @param at place of the row that the pointer is over; the number of rows for below them all
 * @param share how far down that row the pointer is, 0 to 1
 * @param level how deep the pointer is, from its distance to the left edge
 */
export function dropPlace(
  rows: readonly Row[],
  at: number,
  share: number,
  level: number,
): DropPlace | null {
  const row = rows[at];
  if (row === undefined)
    return rows.length === 0
      ? null
      : {
          gap: { parent: null, index: 0 },
          at: rows.length - 1,
          side: "below",
          depth: 0,
        };
  const { layer, parent, index, depth } = row;
  if (layer.kind === "group" && share >= 0.25 && (share <= 0.75 || isOpen(row)))
    return {
      gap: { parent: layer.id, index: layer.layers.length },
      at,
      side: "into",
      depth: depth + 1,
    };
  if (share < 0.5)
    return { gap: { parent, index: index + 1 }, at, side: "above", depth };
  const around = outside(rows, row, level);
  return {
    gap: { parent: around.parent, index: around.index },
    at,
    side: "below",
    depth: around.depth,
  };
}

/** Whether layers would end up inside one of themselves. */
export function isInside(
  { gap }: DropPlace,
  rows: readonly Row[],
  dragged: ReadonlySet<string>,
): boolean {
  return rows.some(
    ({ layer }) =>
      dragged.has(layer.id) &&
      [...walkLayers([layer])].some((place) => place.layer.id === gap.parent),
  );
}

function isOpen({ layer, folded }: Row): boolean {
  return layer.kind === "group" && layer.layers.length > 0 && !folded;
}

/** The row itself, or the group around it that ends below it, as far out as the pointer is. */
function outside(rows: readonly Row[], row: Row, level: number): Row {
  let outer = row;
  while (outer.index === 0 && outer.depth > Math.max(0, level)) {
    const around = rows.find(({ layer }) => layer.id === outer.parent);
    if (around === undefined) break;
    outer = around;
  }
  return outer;
}
