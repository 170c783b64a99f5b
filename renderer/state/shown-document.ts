import type { Document } from "../../common/document/document.ts";
import { applyOperation } from "../../common/document/operations.ts";
import { findLayer } from "../../common/document/tree.ts";
import type {
  OpenProject,
  PageState,
  Preview,
  Transforming,
} from "./page-state.ts";

/** The document as it is shown: with what a hand is changing or transforming laid over it. */
export function shownDocument(
  state: Pick<PageState, "project" | "preview" | "transforming">,
): Document | null {
  const document = withPreview(state);
  const { transforming } = state;
  if (!document || !transforming) return document;
  if (lastMapped?.from !== document || lastMapped.transforming !== transforming)
    lastMapped = {
      from: document,
      transforming,
      shown: transformed(document, transforming),
    };
  return lastMapped.shown;
}

function transformed(
  document: Document,
  { operation }: Transforming,
): Document {
  try {
    return applyOperation(document, operation).document;
  } catch {
    // A layer has gone meanwhile.
    return document;
  }
}

let lastMapped: {
  from: Document;
  transforming: Transforming;
  shown: Document;
} | null = null;

let last: { project: OpenProject; preview: Preview; shown: Document } | null =
  null;

/** The same object until either changes. */
function withPreview({
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
