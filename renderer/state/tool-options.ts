import type { Brush } from "../../common/selection/brush-stroke.ts";
import type { Combination } from "../../common/selection/combine.ts";
import type { LuminosityRange } from "../../common/selection/from-picture.ts";
import type { WandOptions } from "../../common/selection/magic-wand.ts";
import type { Workspace } from "./workspace.ts";

/** How the tools are set; kept from tool to tool. */
export interface ToolOptions {
  readonly brush: Brush;
  readonly wand: WandOptions;
  /** Whether wand and brightness look at the whole picture rather than at the selected layer. */
  readonly allLayers: boolean;
  readonly brightness: LuminosityRange;
  /** What a new selection does to the one that is there. */
  readonly combination: Combination;
  /** Whether width and height of a transform are scaled alike. */
  readonly linked: boolean;
  /** Width by height that a crop keeps; null: any. */
  readonly cropRatio: number | null;
  /** By how many document pixels an edge is softened or moved. */
  readonly radius: number;
}

export const smallestBrush = 1;
export const largestBrush = 2000;

export const initialToolOptions: ToolOptions = {
  brush: { size: 60, hardness: 0.6, flow: 1, smoothing: 0.3, pressure: true },
  wand: { tolerance: 32, contiguous: true, antiAlias: true },
  allLayers: true,
  brightness: { low: 0.6, high: 1, softness: 0.15 },
  combination: "replace",
  linked: true,
  cropRatio: null,
  radius: 5,
};

export function setToolOptions(
  workspace: Workspace,
  change: Partial<ToolOptions>,
): void {
  workspace.store.setState((state) => ({
    toolOptions: { ...state.toolOptions, ...change },
  }));
}

export function setBrush(workspace: Workspace, change: Partial<Brush>): void {
  const { brush } = workspace.store.getState().toolOptions;
  setToolOptions(workspace, { brush: { ...brush, ...change } });
}

/** One step of the key: an eighth larger or smaller, at least a pixel. */
export function nextBrushSize(size: number, direction: 1 | -1): number {
  const next =
    direction > 0
      ? Math.max(size + 1, size * 1.125)
      : Math.min(size - 1, size / 1.125);
  return Math.round(Math.min(largestBrush, Math.max(smallestBrush, next)));
}
