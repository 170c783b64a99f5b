import type { Job, Style } from "../../common/contract/studio.ts";
import type {
  Document,
  PictureLayer,
  StyledLayer,
} from "../../common/document/document.ts";
import { styleKey } from "../../common/document/style-key.ts";
import {
  findLayer,
  locateLayer,
  walkLayers,
} from "../../common/document/tree.ts";
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
  if (target.kind === "styled") changeStyle(workspace, target, style);
  else addStyledLayer(workspace, target, style);
}

function changeStyle(
  workspace: Workspace,
  layer: StyledLayer,
  style: Style,
): void {
  const { mix, ...parameters } = layer.style;
  if (layer.style.model === style.id && mix === undefined) {
    restyle(workspace, layer.id);
    return;
  }
  const former = workspace.store
    .getState()
    .styles?.find((other) => other.id === layer.style.model);
  const renamed = layer.name === former?.name ? { name: style.name } : {};
  changeLayer(workspace, layer.id, `Style: ${style.name}`, {
    ...renamed,
    style: { ...parameters, model: style.id },
  });
  workspace.store.setState({ selection: layer.id });
  restyle(workspace, layer.id);
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

/** Asks the studio for the layer's result, once the hand rests. */
export function restyle(workspace: Workspace, layerId: string): void {
  window.clearTimeout(waiting.get(layerId));
  waiting.set(
    layerId,
    window.setTimeout(() => {
      waiting.delete(layerId);
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

/** Whether the layer shows what its parameters ask for. */
export function isStale(layer: StyledLayer): boolean {
  const { result, style } = layer;
  return result === null || styleKey(result.style) !== styleKey(style);
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
    if (layer.kind === "styled" && isStale(layer) && !jobOf(jobs, layer.id))
      restyle(workspace, layer.id);
  }
}
