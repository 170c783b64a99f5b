import type { Job, Style } from "../../common/contract/studio.ts";
import type {
  Document,
  PictureLayer,
  StyledLayer,
  StyleParameters,
} from "../../common/document/document.ts";
import { isCurrent } from "../../common/document/style-key.ts";
import {
  findLayer,
  locateLayer,
  walkLayers,
} from "../../common/document/tree.ts";
import { draftLayer } from "./draft-styles.ts";
import { commit, moveInHistory, settled } from "./edits.ts";
import { changeLayer } from "./layers.ts";
import { attempt } from "./notices.ts";
import type { Workspace } from "./workspace.ts";

/** The hand has come to rest when it has not moved a control for so long, in milliseconds. */
const rest = 250;

const waiting = new Map<string, number>();

/** What a style would be laid on, given what is selected: that styled layer, that picture, or the topmost picture. */
export function styleTarget(
  document: Document,
  selection: string | null,
): StyledLayer | PictureLayer | null {
  const selected =
    selection === null ? undefined : findLayer(document, selection);
  if (selected && selected.kind !== "group") return selected;
  const pictures = [...walkLayers(selected ? [selected] : document.layers)]
    .map((place) => place.layer)
    .filter((layer): layer is PictureLayer => layer.kind === "picture");
  return pictures.at(-1) ?? null;
}

/** Gives the selected layer a style: a styled layer changes its own, a picture gets a styled layer above it. */
export function pickStyle(workspace: Workspace, style: Style): void {
  const { project, selection } = workspace.store.getState();
  const target = project ? styleTarget(project.document, selection) : null;
  if (!target) return;
  if (target.kind === "styled") giveStyle(workspace, target, style);
  else addStyledLayer(workspace, target, style);
}

/** Gives a styled layer another style. Its mask, its place and how the style is applied stay. */
export function giveStyle(
  workspace: Workspace,
  layer: StyledLayer,
  style: Style,
): void {
  const { mix, depth, ...parameters } = layer.style;
  if (layer.style.model === style.id && mix === undefined) {
    restyle(workspace, layer.id);
    return;
  }
  setStyle(workspace, layer, `Style: ${style.name}`, {
    ...parameters,
    model: style.id,
    ...(depth !== undefined && style.hasDepth && { depth }),
  });
  workspace.store.setState({ selection: layer.id });
}

/** One step of history with other parameters for a layer's style; a layer that is called by its styles is still. */
export function setStyle(
  workspace: Workspace,
  layer: StyledLayer,
  label: string,
  style: StyleParameters,
): void {
  const { styles } = workspace.store.getState();
  const name = namesOf(styles, style);
  const renamed =
    name !== null && layer.name === namesOf(styles, layer.style)
      ? { name }
      : {};
  changeLayer(workspace, layer.id, label.slice(0, 120), { ...renamed, style });
  restyle(workspace, layer.id);
}

/** "Woodblock", or "Woodblock + Oil" for a mix; null while one of them is not known. */
function namesOf(
  styles: readonly Style[] | null,
  { model, mix = [] }: StyleParameters,
): string | null {
  const names = [model, ...mix.map((part) => part.model)].map(
    (id) => styles?.find((style) => style.id === id)?.name,
  );
  return names.includes(undefined) ? null : names.join(" + ").slice(0, 255);
}

function addStyledLayer(
  workspace: Workspace,
  picture: PictureLayer,
  style: Style,
): void {
  const { project } = workspace.store.getState();
  const place = project ? locateLayer(project.document, picture.id) : undefined;
  if (!place) return;
  const layer: StyledLayer = {
    id: crypto.randomUUID(),
    name: style.name,
    kind: "styled",
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "normal",
    mask: null,
    transform: picture.transform,
    source: picture.asset,
    style: { model: style.id, brushSize: 1 },
    strength: 1,
    colourKeeping: 0,
    result: null,
  };
  const at = { parent: place.parent?.id ?? null, index: place.index + 1 };
  commit(workspace, `Style: ${style.name}`, [{ kind: "addLayer", layer, at }]);
  workspace.store.setState({ selection: layer.id });
  restyle(workspace, layer.id);
}

/** Shows a draft of the layer at once, and asks the studio for its result once the hand rests. */
export function restyle(workspace: Workspace, layerId: string): void {
  draftLayer(workspace, layerId);
  askOnceAtRest(workspace, layerId);
}

function askOnceAtRest(workspace: Workspace, layerId: string): void {
  window.clearTimeout(waiting.get(layerId));
  waiting.set(
    layerId,
    window.setTimeout(() => {
      waiting.delete(layerId);
      const { preview } = workspace.store.getState();
      if (preview?.layerIds.includes(layerId) && preview.change.style) {
        // The hand is on its controls again.
        askOnceAtRest(workspace, layerId);
        return;
      }
      attempt(workspace, async () => {
        await settled(workspace);
        const { project } = workspace.store.getState();
        if (!project || !findLayer(project.document, layerId)) return;
        await workspace.host.call("stylizeLayer", {
          projectId: project.confirmed.id,
          layerId,
        });
      });
    }, rest),
  );
}

/** The job that makes a layer's result now, if one does. */
export function jobOf(jobs: readonly Job[], layerId: string): Job | undefined {
  return jobs.find(
    (job) =>
      job.layerId === layerId &&
      (job.state === "waiting" ||
        job.state === "running" ||
        job.state === "paused"),
  );
}

/** Moves along the history; styled layers whose result belongs to other parameters then are made anew. */
export async function travel(
  workspace: Workspace,
  position: number,
): Promise<void> {
  await moveInHistory(workspace, position);
  const { project, jobs } = workspace.store.getState();
  if (!project) return;
  for (const { layer } of walkLayers(project.document.layers)) {
    if (layer.kind === "styled" && !isCurrent(layer) && !jobOf(jobs, layer.id))
      restyle(workspace, layer.id);
  }
}
