import type { ProjectState } from "../../common/contract/studio.ts";
import type { Document } from "../../common/document/document.ts";
import type {
  LayerChange,
  Operation,
} from "../../common/document/operation.ts";
import {
  findLayer,
  outermostLayers,
  walkLayers,
} from "../../common/document/tree.ts";
import { Failure } from "../../common/failure.ts";
import { attempt, report } from "./notices.ts";
import {
  initialCompare,
  type OpenProject,
  type PageState,
} from "./page-state.ts";
import { openedProject, withNews, withStep } from "./reconcile.ts";
import { withStoredMasks } from "./stored-masks.ts";
import type { Workspace } from "./workspace.ts";

/** The sending of steps that is under way, by workspace. */
const sending = new WeakMap<Workspace, Promise<void>>();

/**
 * Makes one named step of history: shown at once, then told to the studio.
 * @returns settles when the studio has it; never rejects, failures become notices
 */
export function commit(
  workspace: Workspace,
  label: string,
  operations: readonly Operation[],
): Promise<void> {
  const { project } = workspace.store.getState();
  if (!project || operations.length === 0) return Promise.resolve();
  try {
    workspace.store.setState({
      project: withStep(project, { label: clipped(label), operations }),
      preview: null,
      transforming: null,
      transformMark: null,
    });
  } catch (error) {
    workspace.store.setState({ preview: null, transforming: null });
    report(workspace, error);
    return Promise.resolve();
  }
  return settled(workspace);
}

/** Names of layers are longer than names of steps may be. */
export function clipped(label: string): string {
  return label.length > 120 ? `${label.slice(0, 119)}…` : label;
}

/** Shows a change while a hand is still making it; `commit` or `endPreview` ends it. */
export function preview(
  workspace: Workspace,
  layerIds: string | readonly string[],
  change: LayerChange,
): void {
  const ids = typeof layerIds === "string" ? [layerIds] : layerIds;
  workspace.store.setState({ preview: { layerIds: ids, change } });
}

/** Back to what was before the drag. */
export function endPreview(workspace: Workspace): void {
  workspace.store.setState({ preview: null });
}

/** Settles when the studio has every step that was made here. */
export function settled(workspace: Workspace): Promise<void> {
  const running = sending.get(workspace) ?? sendPending(workspace);
  sending.set(workspace, running);
  return running;
}

async function sendPending(workspace: Workspace): Promise<void> {
  // Starts after `settled` has noted this run, so that it can take the note away again.
  await Promise.resolve();
  try {
    for (;;) {
      const { project } = workspace.store.getState();
      const step = project?.pending[0];
      if (!project || !step) return;
      await sendStep(workspace, project);
    }
  } finally {
    sending.delete(workspace);
  }
}

async function sendStep(
  workspace: Workspace,
  project: OpenProject,
): Promise<void> {
  const projectId = project.confirmed.id;
  const step = project.pending[0];
  if (!step) return;
  const send = async (revision: number) =>
    workspace.host.call("applyOperations", {
      projectId,
      revision,
      label: step.label,
      operations: await withStoredMasks(workspace.masks, step.operations),
    });
  try {
    const news = await send(project.confirmed.revision).catch(
      async (error: unknown) => {
        if (Failure.from(error).code !== "conflict") throw error;
        // The studio was ahead, most often by a result that has just arrived: lay the step over that.
        const current = await workspace.host.call("openProject", { projectId });
        return send(current.revision);
      },
    );
    takeNews(workspace, news, 1);
  } catch (error) {
    report(workspace, error);
    const current = await workspace.host
      .call("openProject", { projectId })
      .catch(() => project.confirmed);
    takeNews(workspace, current, project.pending.length);
  }
}

/**
 * Takes what the studio says about a project into what the page shows.
 * @param answered how many of the pending steps this answers
 */
export function takeNews(
  workspace: Workspace,
  news: ProjectState,
  answered: number,
): void {
  workspace.store.setState((state) => {
    if (state.project?.confirmed.id !== news.id) return {};
    const project = withNews(state.project, news, answered);
    const { document } = state.project;
    // What was chosen lies elsewhere in a picture of another size.
    const resized =
      document.width !== project.document.width ||
      document.height !== project.document.height
        ? { area: null, crop: null }
        : {};
    const gone =
      state.selection !== null && !findLayer(project.document, state.selection);
    return gone
      ? {
          project,
          ...resized,
          ...selectionAfter(state.project.document, project.document),
        }
      : { project, ...resized };
  });
}

/** What is selected when the selected layer has gone: what has come in its place, or the top layer. */
function selectionAfter(
  before: Document,
  now: Document,
): Pick<PageState, "selection" | "selectedTogether"> {
  const known = new Set(
    [...walkLayers(before.layers)].map(({ layer }) => layer.id),
  );
  const come = [...walkLayers(now.layers)]
    .map(({ layer }) => layer.id)
    .filter((id) => !known.has(id));
  const selectedTogether = outermostLayers(now, come).map(
    ({ layer }) => layer.id,
  );
  const selection = selectedTogether.at(-1) ?? now.layers.at(-1)?.id ?? null;
  return { selection, selectedTogether };
}

/** Shows a project from its beginning: selection on its top layer, picture fitted to the window. */
export function show(workspace: Workspace, news: ProjectState): void {
  const { layers } = news.document;
  const top = layers.findLast(({ visible }) => visible) ?? layers.at(-1);
  workspace.store.setState((state) => ({
    project: openedProject(news),
    selection: top?.id ?? null,
    selectedTogether: [],
    solo: null,
    maskTargeted: false,
    preview: null,
    transforming: null,
    transformMark: null,
    crop: null,
    area: null,
    outline: null,
    room: "canvas",
    fitted: true,
    compare: { ...initialCompare, way: state.compare.way },
  }));
}

/** How many entries of history are applied and how many there are, the pending ones included. */
export function historyReach(project: OpenProject): {
  position: number;
  length: number;
} {
  const { history } = project.confirmed;
  const ahead = project.pending.length;
  // A step made after an undo takes the place of what could be redone.
  if (ahead > 0)
    return {
      position: history.position + ahead,
      length: history.position + ahead,
    };
  return { position: history.position, length: history.entries.length };
}

/** Undoes or redoes to where `position` entries are applied. */
export function moveInHistory(
  workspace: Workspace,
  position: number,
): Promise<void> {
  const projectId = workspace.store.getState().project?.confirmed.id;
  if (projectId === undefined) return Promise.resolve();
  const aim = { projectId, position };
  aims.set(workspace, aim);
  return attempt(workspace, async () => {
    workspace.store.setState({ transforming: null, transformMark: null });
    await settled(workspace);
    const news = await workspace.host.call("moveInHistory", aim);
    takeNews(workspace, news, 0);
  }).finally(() => {
    if (aims.get(workspace) === aim) aims.delete(workspace);
  });
}

/**
 * The position one step back or forth from where the history is, or is on its way to: keys come faster than answers.
 * @returns null where there is none
 */
export function neighbouringPosition(
  workspace: Workspace,
  by: -1 | 1,
): number | null {
  const { project } = workspace.store.getState();
  if (!project) return null;
  const { position, length } = historyReach(project);
  const aim = aims.get(workspace);
  const from =
    aim?.projectId === project.confirmed.id ? aim.position : position;
  const next = from + by;
  return next < 0 || next > length ? null : next;
}

/** Where histories are on their way to. */
const aims = new WeakMap<Workspace, { projectId: string; position: number }>();
