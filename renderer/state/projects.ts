import type { Asset } from "../../common/contract/studio.ts";
import {
  type Document,
  identityTransform,
  type Layer,
  type PictureLayer,
} from "../../common/document/document.ts";
import type { Point } from "../canvas/view.ts";
import type { DropSpot } from "./drop-spot.ts";
import { commit, settled, show } from "./edits.ts";
import { isProjectFile } from "./files.ts";
import { fitToWindow } from "./navigation.ts";
import { attempt, notify, report } from "./notices.ts";
import { placeAbove } from "./place-above.ts";
import { asGroup, placing } from "./placing.ts";
import type { Workspace } from "./workspace.ts";

export async function refreshProjects(workspace: Workspace): Promise<void> {
  const [projects, trash] = await Promise.all([
    workspace.host.call("listProjects", {}),
    workspace.host.call("listTrash", {}),
  ]);
  workspace.store.setState({ projects, trash });
}

/**
 * Takes pictures in: onto the canvas as layers where it shows a project, else the first one starts a project.
 * One that is refused is named; the rest goes on.
 */
export async function takePictures(
  workspace: Workspace,
  files: readonly File[],
  spot: DropSpot = { kind: "layer" },
): Promise<void> {
  for (const file of files) {
    const { project, room } = workspace.store.getState();
    const asLayer =
      project !== null && room === "canvas" && !isProjectFile(file.name);
    workspace.store.setState({ opening: file.name });
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (asLayer) await addPicture(workspace, file.name, bytes, spot);
      else await startProject(workspace, file.name, bytes);
    } catch (error) {
      report(workspace, error);
    }
  }
  workspace.store.setState({ opening: null });
}

async function startProject(
  workspace: Workspace,
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await settled(workspace);
  const { notes, ...project } = await workspace.host.call("createProject", {
    name: fileName,
    bytes,
  });
  show(workspace, project);
  fitToWindow(workspace);
  tellLosses(workspace, fileName, notes);
  await refreshProjects(workspace);
}

/** Adds a picture as a layer, or a PSD with its layers as a group. */
async function addPicture(
  workspace: Workspace,
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
  spot: DropSpot,
): Promise<void> {
  const file = { name: fileName, bytes };
  const name = withoutExtension(fileName);
  const at = spot.kind === "point" ? spot.at : null;
  const make = isPsd(bytes)
    ? await layeredPicture(workspace, file, name, at)
    : await flatPicture(workspace, file, name, at);
  const { project, selection } = workspace.store.getState();
  if (!project) return;
  const layer = make(project.document);
  const below = spot.kind === "above" ? spot.layerId : selection;
  const done = commit(workspace, `Add ${layer.name}`.slice(0, 120), [
    { kind: "addLayer", layer, at: placeAbove(project, below) },
  ]);
  workspace.store.setState({ selection: layer.id });
  await done;
}

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function flatPicture(
  { host }: Workspace,
  file: NamedBytes,
  name: string,
  at: Point | null,
): Promise<(document: Document) => Layer> {
  const asset = await host.call("importPicture", file);
  return (document) => placedPicture(document, asset, name, at);
}

async function layeredPicture(
  workspace: Workspace,
  file: NamedBytes,
  name: string,
  at: Point | null,
): Promise<(document: Document) => Layer> {
  const { document, notes } = await workspace.host.call("importLayers", file);
  tellLosses(workspace, file.name, notes);
  return (into) => asGroup(name, document, into, at);
}

function tellLosses(
  workspace: Workspace,
  fileName: string,
  notes: readonly string[],
): void {
  if (notes.length > 0)
    notify(
      workspace,
      `Not everything in ${fileName} came as it was.`,
      notes.join(" "),
    );
}

function isPsd(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === "8BPS";
}

/** A picture as a layer, in the middle of the document or at a point. */
export function placedPicture(
  document: Document,
  asset: Asset,
  name: string,
  at: Point | null = null,
): PictureLayer {
  const { scale, x, y } = placing(document, asset, at);
  return {
    id: crypto.randomUUID(),
    name,
    kind: "picture",
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: "normal",
    mask: null,
    asset: asset.hash,
    transform: { ...identityTransform, x, y, scaleX: scale, scaleY: scale },
  };
}

export function openProject(
  workspace: Workspace,
  projectId: string,
  name: string,
): Promise<void> {
  return attempt(workspace, async () => {
    await settled(workspace);
    if (workspace.store.getState().project?.confirmed.id === projectId) {
      workspace.store.setState({ room: "canvas" });
      return;
    }
    workspace.store.setState({ opening: name });
    try {
      show(workspace, await workspace.host.call("openProject", { projectId }));
      fitToWindow(workspace);
    } finally {
      workspace.store.setState({ opening: null });
    }
  });
}

export function renameProject(
  workspace: Workspace,
  projectId: string,
  name: string,
): Promise<void> {
  return attempt(workspace, async () => {
    await settled(workspace);
    await workspace.host.call("renameProject", { projectId, name });
    workspace.store.setState(({ project }) =>
      project?.confirmed.id === projectId
        ? { project: { ...project, confirmed: { ...project.confirmed, name } } }
        : {},
    );
    await refreshProjects(workspace);
  });
}

/** "bridge.at.dawn.jpg" is called "bridge.at.dawn". */
function withoutExtension(fileName: string): string {
  return fileName.replace(/\.[^.]{1,5}$/, "") || fileName;
}
