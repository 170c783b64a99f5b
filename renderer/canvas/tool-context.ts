import { commit, endPreview, preview } from "../state/edits.ts";
import { selectedLayer } from "../state/layers.ts";
import { panBy, zoomBy, zoomStep } from "../state/navigation.ts";
import type { ToolName } from "../state/page-state.ts";
import type { Workspace } from "../state/workspace.ts";
import { idle as handIdle } from "./tools/hand/idle.ts";
import { idle as moveIdle } from "./tools/move/idle.ts";
import type { ToolContext, ToolState } from "./tools/tool.ts";
import { idle as zoomIdle } from "./tools/zoom/idle.ts";

/** The page as tools see it. */
export function toolContext(workspace: Workspace): ToolContext {
  return {
    panBy: (by) => panBy(workspace, by),
    zoomBy: (factor, anchor) => zoomBy(workspace, factor, anchor),
    zoomStep: (direction, anchor) => zoomStep(workspace, direction, anchor),
    movableLayer: () => {
      const layer = selectedLayer(workspace.store.getState());
      return layer && layer.kind !== "group" && !layer.locked && layer.visible
        ? layer
        : undefined;
    },
    previewTransform: (layerId, transform) =>
      preview(workspace, layerId, { transform }),
    endPreview: () => endPreview(workspace),
    commitTransform: (layer, transform) => {
      commit(workspace, `Move ${layer.name}`, [
        { kind: "setLayer", layerId: layer.id, change: { transform } },
      ]);
    },
  };
}

/** Each tool at rest. */
export const tools: Record<ToolName, (context: ToolContext) => ToolState> = {
  move: moveIdle,
  hand: handIdle,
  zoom: zoomIdle,
};
