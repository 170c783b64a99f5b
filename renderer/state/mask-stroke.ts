import type { Region } from "../../common/document/region.ts";
import { BrushStroke, layStroke } from "../../common/selection/brush-stroke.ts";
import type { StrokePoint } from "../../common/selection/stroke-path.ts";
import { openLiveMask } from "./live-mask.ts";
import type { Workspace } from "./workspace.ts";

/** A stroke on a mask that a hand is making. */
export interface MaskStroke {
  add(points: readonly StrokePoint[]): void;
  commit(): void;
  cancel(): void;
}

/**
 * Begins a stroke on the selected layer's mask, within what is chosen. A layer without a mask gets one: the brush shows
 * the layer only where it goes, the eraser hides it where it goes.
 * @returns null where there is nothing to paint on; the artist has been told
 */
export function beginStroke(
  workspace: Workspace,
  how: "show" | "hide",
): MaskStroke | null {
  const mask = openLiveMask(workspace, how === "show" ? 0 : 255);
  if (!mask) return null;
  const { base, now, within } = mask;
  const { brush } = workspace.store.getState().toolOptions;
  const stroke = new BrushStroke(brush, base);
  const lay = (part: Region | null) => {
    if (part === null) return;
    layStroke(now, base, stroke, part, how, within);
    mask.changed(part);
  };
  return {
    add: (points) => lay(stroke.add(points)),
    commit() {
      lay(stroke.end());
      mask.commit(how === "show" ? "Paint" : "Erase");
    },
    cancel: () => mask.cancel(),
  };
}
