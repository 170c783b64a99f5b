import type { ProjectState } from "../../common/contract/studio.ts";
import type { Document } from "../../common/document/document.ts";
import type { Operation } from "../../common/document/operation.ts";
import { applyOperation } from "../../common/document/operations.ts";
import type { OpenProject, PendingStep } from "./page-state.ts";

/** @throws Failure `invalid` where an operation does not fit the document */
function applyAll(
  document: Document,
  operations: readonly Operation[],
): Document {
  return operations.reduce(
    (current, operation) => applyOperation(current, operation).document,
    document,
  );
}

/** A project as the studio handed it over. */
export function openedProject(confirmed: ProjectState): OpenProject {
  return { confirmed, pending: [], document: confirmed.document };
}

/**
 * The project with one more step made here, shown before the studio knows of it.
 * @throws Failure `invalid` where an operation does not fit the document
 */
export function withStep(project: OpenProject, step: PendingStep): OpenProject {
  return {
    ...project,
    pending: [...project.pending, step],
    document: applyAll(project.document, step.operations),
  };
}

/**
 * The project after word from the studio: pending steps are laid over the newer document. A step that no longer fits,
 * because its layer went away meanwhile, is dropped; news older than what is known changes nothing.
 * @param settled how many of the pending steps, from the oldest, the news answers
 */
export function withNews(
  project: OpenProject,
  news: ProjectState,
  settled: number,
): OpenProject {
  const newest =
    news.revision >= project.confirmed.revision ? news : project.confirmed;
  const pending: PendingStep[] = [];
  let document = newest.document;
  for (const step of project.pending.slice(settled)) {
    try {
      document = applyAll(document, step.operations);
      pending.push(step);
    } catch {
      // It does not fit any more; the studio would refuse it too.
    }
  }
  return { confirmed: newest, pending, document };
}
