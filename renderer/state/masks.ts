import type { Layer, Mask } from "../../common/document/document.ts";
import type { Region } from "../../common/document/region.ts";
import { inverted } from "../../common/selection/combine.ts";
import {
  type Coverage,
  coverageOver,
  trimmed,
} from "../../common/selection/coverage.ts";
import { loadedMask, pageOf, type Refinement, refined } from "./area.ts";
import { changeLayer, selectedLayer } from "./layers.ts";
import { notify } from "./notices.ts";
import type { Workspace } from "./workspace.ts";

/** The selected layer where its mask can be changed; null, with a word to the artist, where it cannot. */
export function maskableLayer(
  workspace: Workspace,
): { layer: Layer; page: Region } | null {
  const state = workspace.store.getState();
  const layer = selectedLayer(state);
  if (!state.project || !layer) {
    notify(workspace, "Select the layer that the mask is for.");
    return null;
  }
  if (layer.locked) {
    notify(workspace, `${layer.name} is locked.`, "Unlock it to mask it.");
    return null;
  }
  return { layer, page: pageOf(state.project.document) };
}

/**
 * A mask that shows a coverage; its pixels are kept as far as they differ from what is around them.
 * @param outside of the coverage, 0 to 255
 */
export function maskOf(
  { masks }: Workspace,
  coverage: Coverage | null,
  outside: number,
): Mask {
  const part = coverage && trimmed(coverage, outside);
  const around = { outside: outside / 255, enabled: true };
  if (!part) return { asset: null, x: 0, y: 0, ...around };
  const { x, y, width, height, samples } = part;
  const asset = masks.add({ width, height, channels: 1, samples });
  return { asset, x, y, ...around };
}

function setMask(
  workspace: Workspace,
  layer: Layer,
  label: string,
  mask: Mask | null,
): void {
  changeLayer(workspace, layer.id, label.slice(0, 120), { mask });
  workspace.store.setState({ maskTargeted: mask !== null });
}

/** A mask that shows what is chosen, and then nothing is chosen any more; without a choice it shows all. */
export function addMask(workspace: Workspace, layer: Layer): void {
  const { area } = workspace.store.getState();
  const mask = area ? maskOf(workspace, area, 0) : maskOf(workspace, null, 255);
  const label = area ? "Mask from selection on" : "Add mask to";
  setMask(workspace, layer, `${label} ${layer.name}`, mask);
  workspace.store.setState({ area: null });
}

export function deleteMask(workspace: Workspace, layer: Layer): void {
  setMask(workspace, layer, `Delete mask of ${layer.name}`, null);
}

export function toggleMask(workspace: Workspace, layer: Layer): void {
  const { mask } = layer;
  if (!mask) return;
  const label = mask.enabled ? "Disable" : "Enable";
  changeLayer(workspace, layer.id, `${label} mask of ${layer.name}`, {
    mask: { ...mask, enabled: !mask.enabled },
  });
}

/** Runs a change on the whole of a layer's mask as one step. */
function changeMask(
  workspace: Workspace,
  layer: Layer,
  label: string,
  outside: (before: number) => number,
  change: (coverage: Coverage, page: Region) => Coverage,
): void {
  const { project } = workspace.store.getState();
  const page = project && pageOf(project.document);
  const before = page && layer.mask && loadedMask(workspace, layer.mask, page);
  if (!before || !layer.mask) return;
  const around = outside(Math.round(layer.mask.outside * 255));
  const mask = maskOf(workspace, change(before, page), around);
  setMask(workspace, layer, `${label} mask of ${layer.name}`, mask);
}

export function invertMask(workspace: Workspace, layer: Layer): void {
  changeMask(workspace, layer, "Invert", (outside) => 255 - outside, inverted);
}

const refinementNames: Record<Refinement, string> = {
  feather: "Feather",
  grow: "Grow",
  shrink: "Shrink",
};

/** Softens or moves the edges of a layer's mask. */
export function refineMask(
  workspace: Workspace,
  layer: Layer,
  how: Refinement,
): void {
  const { radius } = workspace.store.getState().toolOptions;
  changeMask(
    workspace,
    layer,
    refinementNames[how],
    (outside) => outside,
    (coverage, page) =>
      coverageOver(refined(coverage, how, radius, page), page),
  );
}
