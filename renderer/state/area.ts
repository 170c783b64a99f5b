import { writeMask } from "../../common/document/coverage.ts";
import type { Document, Layer, Mask } from "../../common/document/document.ts";
import type { Region } from "../../common/document/region.ts";
import type { Raster } from "../../common/raster.ts";
import {
  type Combination,
  combine,
  inverted,
} from "../../common/selection/combine.ts";
import {
  type Coverage,
  coverageOver,
  evenCoverage,
  trimmed,
} from "../../common/selection/coverage.ts";
import { feather } from "../../common/selection/feather.ts";
import {
  luminosityRange,
  opaquePart,
} from "../../common/selection/from-picture.ts";
import { grow } from "../../common/selection/grow.ts";
import { magicWand } from "../../common/selection/magic-wand.ts";
import { fillPolygon, type Point } from "../../common/selection/polygon.ts";
import { documentPixels } from "../canvas/compositing/document-pixels.ts";
import { selectedLayer } from "./layers.ts";
import { attempt, notify } from "./notices.ts";
import type { Workspace } from "./workspace.ts";

/** The whole of a document. */
export function pageOf({ width, height }: Document): Region {
  return { x: 0, y: 0, width, height };
}

function pageIn(workspace: Workspace): Region | null {
  const { project } = workspace.store.getState();
  return project && pageOf(project.document);
}

/** Lays what is newly chosen over what was. */
export function choose(
  workspace: Workspace,
  added: Coverage | null,
  how: Combination,
): void {
  workspace.store.setState(({ area }) => ({
    area: combine(area, added, how),
    outline: null,
  }));
}

/** What lies within an outline. */
export function chooseWithin(
  workspace: Workspace,
  outline: readonly Point[],
  how: Combination,
): void {
  const page = pageIn(workspace);
  if (page) choose(workspace, fillPolygon(outline, page), how);
}

export function chooseAll(workspace: Workspace): void {
  const page = pageIn(workspace);
  if (page) choose(workspace, evenCoverage(page, 255), "replace");
}

export function chooseNothing(workspace: Workspace): void {
  workspace.store.setState({ area: null });
}

export function chooseRest(workspace: Workspace): void {
  const page = pageIn(workspace);
  if (!page) return;
  const { area } = workspace.store.getState();
  choose(workspace, inverted(area, page), "replace");
}

/** What has the colour of a point, as the wand is set. */
export function chooseLike(
  workspace: Workspace,
  point: Point,
  how: Combination,
): Promise<void> {
  const { wand } = workspace.store.getState().toolOptions;
  const at = { x: Math.floor(point.x), y: Math.floor(point.y) };
  return choosePixels(workspace, looked(workspace), how, (picture) =>
    magicWand(picture, at, wand),
  );
}

/** What is as bright as asked. */
export function chooseBright(
  workspace: Workspace,
  how: Combination,
): Promise<void> {
  const { brightness } = workspace.store.getState().toolOptions;
  return choosePixels(workspace, looked(workspace), how, (picture) =>
    luminosityRange(picture, brightness),
  );
}

/** What is not clear of a layer. */
export function chooseOpaque(
  workspace: Workspace,
  layer: Layer,
): Promise<void> {
  return choosePixels(workspace, [bare(layer)], "replace", opaquePart);
}

function choosePixels(
  workspace: Workspace,
  layers: readonly Layer[],
  how: Combination,
  choice: (picture: Raster<Uint8Array>) => Coverage | null,
): Promise<void> {
  return attempt(workspace, async () => {
    const { project } = workspace.store.getState();
    if (!project) return;
    const picture = await documentPixels(workspace, project.document, layers);
    // The artist may have gone on to another picture meanwhile.
    const now = workspace.store.getState().project;
    if (now?.confirmed.id !== project.confirmed.id) return;
    choose(workspace, choice(picture), how);
  });
}

/** The layers that wand and brightness look at. */
function looked(workspace: Workspace): readonly Layer[] {
  const state = workspace.store.getState();
  const own = selectedLayer(state);
  if (own && !state.toolOptions.allLayers) return [bare(own)];
  return state.project?.document.layers ?? [];
}

/** The layer by itself, as if nothing were done to its pixels. */
function bare(layer: Layer): Layer {
  return {
    ...layer,
    visible: true,
    opacity: 1,
    mask: null,
    blendMode: "normal",
  };
}

/** What a mask shows. @param raster its pixels, where it has some */
function coverageOfMask(
  mask: Mask,
  raster: Raster<Uint8Array> | undefined,
  page: Region,
): Coverage {
  const { asset, x, y, outside } = mask;
  const around = Math.round(outside * 255);
  if (mask.transform && raster) {
    const shares = new Float32Array(page.width * page.height);
    writeMask(mask, raster, page, 1, shares);
    const samples = Uint8Array.from(shares, (share) => Math.round(share * 255));
    return { ...page, samples };
  }
  if (asset === null || !raster) return evenCoverage(page, around);
  return coverageOver({ x, y, ...raster }, page, around);
}

/** A mask's pixels over the whole document; null, with a word to the artist, while they are on their way. */
export function loadedMask(
  workspace: Workspace,
  mask: Mask,
  page: Region,
): Coverage | null {
  const raster =
    mask.asset === null ? undefined : workspace.masks.get(mask.asset);
  if (mask.asset !== null && !raster) {
    notify(workspace, "The mask is still being loaded.", "Try again at once.");
    return null;
  }
  return coverageOfMask(mask, raster, page);
}

/** What the selected layer's mask shows becomes what is chosen. */
export function chooseShown(workspace: Workspace, layer: Layer): void {
  const page = pageIn(workspace);
  const coverage =
    page && layer.mask && loadedMask(workspace, layer.mask, page);
  if (coverage) choose(workspace, coverage, "replace");
}

export type Refinement = "feather" | "grow" | "shrink";

/** Softens or moves the edges of a coverage. */
export function refined(
  coverage: Coverage,
  how: Refinement,
  radius: number,
  page: Region,
): Coverage {
  if (how === "feather") return feather(coverage, radius, page);
  return grow(coverage, how === "grow" ? radius : -radius, page);
}

/** Softens or moves the edges of what is chosen. */
export function refineArea(workspace: Workspace, how: Refinement): void {
  const page = pageIn(workspace);
  const { area, toolOptions } = workspace.store.getState();
  if (!page || !area) return;
  const out = refined(area, how, toolOptions.radius, page);
  workspace.store.setState({ area: trimmed(out) });
}
