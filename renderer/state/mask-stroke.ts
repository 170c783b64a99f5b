import type { Mask } from "../../common/document/document.ts";
import type { Region } from "../../common/document/region.ts";
import { BrushStroke, layStroke } from "../../common/selection/brush-stroke.ts";
import { coverageOver, evenCoverage } from "../../common/selection/coverage.ts";
import type { StrokePoint } from "../../common/selection/stroke-path.ts";
import { loadedMask } from "./area.ts";
import { commit, endPreview, preview } from "./edits.ts";
import { maskableLayer, maskOf } from "./masks.ts";
import type { Workspace } from "./workspace.ts";

/** A stroke on a mask that a hand is making: shown as it grows, a step of history once it ends. */
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
  const target = maskableLayer(workspace);
  if (!target) return null;
  const { layer, page } = target;
  const { area, toolOptions } = workspace.store.getState();
  const outside =
    layer.mask === null
      ? how === "show"
        ? 0
        : 255
      : Math.round(layer.mask.outside * 255);
  const base =
    layer.mask === null
      ? evenCoverage(page, outside)
      : loadedMask(workspace, layer.mask, page);
  if (base === null) return null;
  const within = area && coverageOver(area, page);
  const stroke = new BrushStroke(toolOptions.brush, page);
  const out = { ...base, samples: base.samples.slice() };
  const live = workspace.masks.add({ channels: 1, ...out });
  const shown: Mask = {
    asset: live,
    x: 0,
    y: 0,
    outside: outside / 255,
    enabled: true,
  };
  workspace.store.setState({ maskTargeted: true });
  preview(workspace, layer.id, { mask: shown });

  const lay = (part: Region | null) => {
    if (part === null) return;
    layStroke(out, base, stroke, part, how, within);
    workspace.masks.changed(live, part);
  };
  return {
    add: (points) => lay(stroke.add(points)),
    commit() {
      lay(stroke.end());
      const mask = maskOf(workspace, out, outside);
      const verb = how === "show" ? "Paint" : "Erase";
      commit(workspace, `${verb} mask of ${layer.name}`.slice(0, 120), [
        { kind: "setLayer", layerId: layer.id, change: { mask } },
      ]);
      workspace.masks.forget(live);
    },
    cancel() {
      endPreview(workspace);
      workspace.masks.forget(live);
      if (layer.mask === null)
        workspace.store.setState({ maskTargeted: false });
    },
  };
}
