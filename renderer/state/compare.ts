import type { Output } from "../../common/contract/studio.ts";
import type { Point } from "../canvas/view.ts";
import { settled } from "./edits.ts";
import { attempt } from "./notices.ts";
import {
  type Compare,
  type ComparedSide,
  type CompareWay,
  compareWays,
} from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

/** A step of the history that can be compared with. */
export type EarlierStep = Output<"listEarlier">[number];

function change(workspace: Workspace, part: Partial<Compare>): void {
  workspace.store.setState((state) => ({
    compare: { ...state.compare, ...part },
  }));
}

/** Begins or ends comparing, in the way that was used last. */
export function toggleCompare(workspace: Workspace): void {
  change(workspace, { on: !workspace.store.getState().compare.on });
}

/** Compares in that way; when it is in use already, ends comparing. */
export function compareBy(workspace: Workspace, way: CompareWay): void {
  const { compare } = workspace.store.getState();
  change(workspace, { way, on: !(compare.on && compare.way === way) });
}

/** Goes through the ways to compare; the first press begins. */
export function compareByNextWay(workspace: Workspace): void {
  const { on, way } = workspace.store.getState().compare;
  const next = compareWays[(compareWays.indexOf(way) + 1) % compareWays.length];
  change(workspace, on && next ? { way: next } : { on: true });
}

export function swapSides(workspace: Workspace): void {
  const [first, second] = workspace.store.getState().compare.sides;
  change(workspace, { sides: [second, first] });
}

/** @param index which of the two sides */
export function chooseSide(
  workspace: Workspace,
  index: 0 | 1,
  side: ComparedSide,
): void {
  const [first, second] = workspace.store.getState().compare.sides;
  change(workspace, { sides: index === 0 ? [side, second] : [first, side] });
}

/** Shows the document as it was after an earlier step on one of the sides. */
export function chooseEarlier(
  workspace: Workspace,
  index: 0 | 1,
  { step, label }: EarlierStep,
): Promise<void> {
  return attempt(workspace, async () => {
    const { project } = workspace.store.getState();
    if (!project) return;
    const projectId = project.confirmed.id;
    const document = await workspace.host.call("documentAfter", {
      projectId,
      step,
    });
    const now = workspace.store.getState().project;
    if (now?.confirmed.id !== projectId) return;
    chooseSide(workspace, index, { kind: "earlier", step, label, document });
  });
}

/** The steps that can be compared with, the latest first. */
export async function earlierSteps(
  workspace: Workspace,
): Promise<EarlierStep[]> {
  await settled(workspace);
  const { project } = workspace.store.getState();
  if (!project) return [];
  return workspace.host.call("listEarlier", {
    projectId: project.confirmed.id,
  });
}

/** @param position fraction of the document's width or height, 0 to 1 */
export function moveDivider(workspace: Workspace, position: number): void {
  change(workspace, { position: Math.min(1, Math.max(0, position)) });
}

/** @param to document pixels; stays on the document */
export function moveLens(workspace: Workspace, to: Point): void {
  const document = workspace.store.getState().project?.document;
  if (!document) return;
  const within = (value: number, most: number) =>
    Math.min(most, Math.max(0, value));
  change(workspace, {
    lens: { x: within(to.x, document.width), y: within(to.y, document.height) },
  });
}

export function setPeek(workspace: Workspace, peek: boolean): void {
  if (workspace.store.getState().compare.peek === peek) return;
  change(workspace, { peek });
}
