import {
  ellipseOutline,
  rectangleOutline,
} from "../../common/selection/outlines.ts";
import { chooseLike, chooseNothing, chooseWithin } from "../state/area.ts";
import { beginFade } from "../state/mask-fade.ts";
import { beginStroke } from "../state/mask-stroke.ts";
import { panBy, zoomBy, zoomStep } from "../state/navigation.ts";
import type { ToolName } from "../state/page-state.ts";
import {
  applyCrop,
  cropFrame,
  frameRules,
  showFrame,
} from "../state/resizing.ts";
import {
  acceptTransforms,
  commitTransform,
  endTransform,
  previewTransform,
  revertTransforms,
  snapTargets,
  transformBox,
} from "../state/transforming.ts";
import type { Workspace } from "../state/workspace.ts";
import { idle as brushIdle } from "./tools/brush/idle.ts";
import { idle as cropIdle } from "./tools/crop/idle.ts";
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
    view: () => store.getState().view,
    transformBox: () => transformBox(store.getState()),
    snapTargets: () => snapTargets(store.getState()),
    previewTransform: (map, lines) => previewTransform(workspace, map, lines),
    endTransform: () => endTransform(workspace),
    commitTransform: (verb, map) => commitTransform(workspace, verb, map),
    acceptTransforms: () => acceptTransforms(workspace),
    revertTransforms: () => revertTransforms(workspace),
    cropFrame: () => cropFrame(store.getState()),
    isCropping: () => store.getState().crop !== null,
    frameRules: () => frameRules(store.getState()),
    showFrame: (frame) => showFrame(workspace, frame),
    applyCrop: () => applyCrop(workspace),
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
  crop: cropIdle,
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
