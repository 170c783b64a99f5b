import type { Document } from "../../common/document/document.ts";
import { applyOperation } from "../../common/document/operations.ts";
import { findLayer } from "../../common/document/tree.ts";
import type { OpenProject, PageState, Preview } from "./page-state.ts";

let last: { project: OpenProject; preview: Preview; shown: Document } | null =
  null;

/** The document with the change that a hand is making laid over it; the same object until either changes. */
export function shownDocument({
  project,
  preview,
}: Pick<PageState, "project" | "preview">): Document | null {
  if (!project) return null;
  if (!preview) return project.document;
  if (last?.project !== project || last.preview !== preview) {
    const { layerIds, change } = preview;
    let shown = project.document;
    // It may have gone meanwhile.
    for (const layerId of layerIds)
      if (findLayer(shown, layerId))
        shown = applyOperation(shown, {
          kind: "setLayer",
          layerId,
          change,
        }).document;
    last = { project, preview, shown };
  }
  return last.shown;
}
