import { locateLayer } from "../../common/document/tree.ts";
import type { Workspace } from "./workspace.ts";

/** Folds a group or opens it. @param folded the other of what it is, where left out */
export function fold(
  { store }: Workspace,
  groupId: string,
  folded?: boolean,
): void {
  const now = new Set(store.getState().folded);
  if (folded ?? !now.has(groupId)) now.add(groupId);
  else now.delete(groupId);
  store.setState({ folded: now });
}

/** Opens every group that a layer is in, so that it is listed. */
export function unfoldTo({ store }: Workspace, layerId: string): void {
  const { project, folded } = store.getState();
  if (!project) return;
  const open = new Set(folded);
  for (
    let parent = locateLayer(project.document, layerId)?.parent ?? null;
    parent !== null;
    parent = locateLayer(project.document, parent.id)?.parent ?? null
  )
    open.delete(parent.id);
  if (open.size < folded.size) store.setState({ folded: open });
}
