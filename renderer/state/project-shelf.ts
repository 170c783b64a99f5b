import type { ProjectSummary } from "../../common/contract/studio.ts";
import { settled, show } from "./edits.ts";
import { fitToWindow } from "./navigation.ts";
import { attempt, notify } from "./notices.ts";
import { refreshProjects } from "./projects.ts";
import { restyle } from "./styling.ts";
import type { Workspace } from "./workspace.ts";

type Named = Pick<ProjectSummary, "id" | "name">;

/** Does something to a project as a whole, then shows what has become of the list. */
function change(
  workspace: Workspace,
  work: () => Promise<unknown>,
): Promise<void> {
  return attempt(workspace, async () => {
    await settled(workspace);
    await work();
    await refreshProjects(workspace);
  });
}

export function duplicateProject(
  workspace: Workspace,
  { id }: Named,
): Promise<void> {
  return change(workspace, () =>
    workspace.host.call("duplicateProject", { projectId: id }),
  );
}

/** Takes a project out of the list; from the trash it can come back whole. */
export function trashProject(
  workspace: Workspace,
  { id, name }: Named,
): Promise<void> {
  return change(workspace, async () => {
    await workspace.host.call("trashProject", { projectId: id });
    workspace.store.setState(({ project }) =>
      project?.confirmed.id === id ? { project: null, selection: null } : {},
    );
    notify(workspace, `${name} is in the trash.`);
  });
}

export function restoreProject(
  workspace: Workspace,
  { id }: Named,
): Promise<void> {
  return change(workspace, () =>
    workspace.host.call("restoreProject", { projectId: id }),
  );
}

/** Removes a project for good. */
export function deleteProject(
  workspace: Workspace,
  { id }: Named,
): Promise<void> {
  return change(workspace, () =>
    workspace.host.call("deleteProject", { projectId: id }),
  );
}

export function emptyTrash(workspace: Workspace): Promise<void> {
  return change(workspace, () => workspace.host.call("emptyTrash", {}));
}

/** Opens a new sample project and lets the engine paint what its style makes of it. */
export function openSample(workspace: Workspace): Promise<void> {
  return change(workspace, async () => {
    const project = await workspace.host.call("createSample", {});
    show(workspace, project);
    fitToWindow(workspace);
    for (const layer of project.document.layers)
      if (layer.kind === "styled") restyle(workspace, layer.id);
  });
}
