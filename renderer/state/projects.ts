import type { Asset } from "../../common/contract/studio.ts";
import type { Document } from "../../common/document/document.ts";
import {
  identityTransform,
  type PictureLayer,
} from "../../common/document/document.ts";
import { commit, settled, show } from "./edits.ts";
import { isProjectFile } from "./files.ts";
import { fitToWindow } from "./navigation.ts";
import { attempt, notify, report } from "./notices.ts";
import { placeAbove } from "./place-above.ts";
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
): Promise<void> {
  for (const file of files) {
    const { project, room } = workspace.store.getState();
    const asLayer =
      project !== null && room === "canvas" && !isProjectFile(file.name);
    workspace.store.setState({ opening: file.name });
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (asLayer) await addPicture(workspace, file.name, bytes);
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
  if (notes.length > 0)
    notify(
      workspace,
      `Not everything in ${fileName} came as it was.`,
      notes.join(" "),
    );
  await refreshProjects(workspace);
}

async function addPicture(
  workspace: Workspace,
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const asset = await workspace.host.call("importPicture", {
    name: fileName,
    bytes,
  });
  const { project, selection } = workspace.store.getState();
  if (!project) return;
  const layer = placedPicture(
    project.document,
    asset,
    withoutExtension(fileName),
  );
  const at = placeAbove(project, selection);
  const done = commit(workspace, `Add ${layer.name}`, [
    { kind: "addLayer", layer, at },
  ]);
  workspace.store.setState({ selection: layer.id });
  await done;
}

/** A picture in the middle of the document, made smaller where it would not fit. */
export function placedPicture(
  document: Document,
  asset: Asset,
  name: string,
): PictureLayer {
  const scale = Math.min(
    1,
    document.width / asset.width,
    document.height / asset.height,
  );
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
    transform: {
      ...identityTransform,
      x: Math.round((document.width - asset.width * scale) / 2),
      y: Math.round((document.height - asset.height * scale) / 2),
      scaleX: scale,
      scaleY: scale,
    },
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
