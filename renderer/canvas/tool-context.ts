import {
  ellipseOutline,
  rectangleOutline,
} from "../../common/selection/outlines.ts";
import { chooseLike, chooseNothing, chooseWithin } from "../state/area.ts";
import { commit, endPreview, preview } from "../state/edits.ts";
import { selectedLayer } from "../state/layers.ts";
import { beginFade } from "../state/mask-fade.ts";
import { beginStroke } from "../state/mask-stroke.ts";
import { panBy, zoomBy, zoomStep } from "../state/navigation.ts";
import type { ToolName } from "../state/page-state.ts";
import type { Workspace } from "../state/workspace.ts";
import { idle as brushIdle } from "./tools/brush/idle.ts";
import { idle as gradientIdle } from "./tools/gradient/idle.ts";
import { idle as handIdle } from "./tools/hand/idle.ts";
import { idle as lassoIdle } from "./tools/lasso/idle.ts";
import { idle as marqueeIdle } from "./tools/marquee/idle.ts";
import { idle as moveIdle } from "./tools/move/idle.ts";
import { idle as polygonIdle } from "./tools/polygon/idle.ts";
import type { ToolContext, ToolState } from "./tools/tool.ts";
import { idle as wandIdle } from "./tools/wand/idle.ts";
import { idle as zoomIdle } from "./tools/zoom/idle.ts";

/** The page as tools see it. */
export function toolContext(workspace: Workspace): ToolContext {
  const { store } = workspace;
  return {
    panBy: (by) => panBy(workspace, by),
    zoomBy: (factor, anchor) => zoomBy(workspace, factor, anchor),
    zoomStep: (direction, anchor) => zoomStep(workspace, direction, anchor),
    movableLayer: () => {
      const layer = selectedLayer(store.getState());
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
    beginStroke: (how) => beginStroke(workspace, how),
    drawOutline: (outline) => store.setState({ outline }),
    combination: () => store.getState().toolOptions.combination,
    chooseWithin: (outline, how) => chooseWithin(workspace, outline, how),
    chooseNothing: () => chooseNothing(workspace),
    chooseLike: (point, how) => {
      chooseLike(workspace, point, how);
    },
    beginFade: (from) => beginFade(workspace, from),
  };
}

/** Each tool at rest. */
export const tools: Record<ToolName, (context: ToolContext) => ToolState> = {
  move: moveIdle,
  brush: (context) => brushIdle(context, "show"),
  eraser: (context) => brushIdle(context, "hide"),
  rectangle: (context) => marqueeIdle(context, rectangleOutline),
  ellipse: (context) => marqueeIdle(context, ellipseOutline),
  lasso: lassoIdle,
  polygon: polygonIdle,
  wand: wandIdle,
  gradient: gradientIdle,
  hand: handIdle,
  zoom: zoomIdle,
};
