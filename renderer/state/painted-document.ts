import type { Document } from "../../common/document/document.ts";
import { applyOperation } from "../../common/document/operations.ts";
import { isCurrent } from "../../common/document/style-key.ts";
import { findLayer } from "../../common/document/tree.ts";
import { draftKey } from "./draft-styles.ts";
import type { PageState, StyleDraft } from "./page-state.ts";
import { shownDocument } from "./shown-document.ts";

let last: { shown: Document; draft: StyleDraft; painted: Document } | null =
  null;

/** The document as the canvas paints it: as shown, with the draft of a result that is still to come. */
export function paintedDocument(
  state: Pick<PageState, "project" | "preview" | "transforming" | "styleDraft">,
): Document | null {
  const shown = shownDocument(state);
  const draft = state.styleDraft;
  if (!shown || !draft) return shown;
  if (last?.shown !== shown || last.draft !== draft)
    last = { shown, draft, painted: withDraft(shown, draft) };
  return last.painted;
}

function withDraft(shown: Document, draft: StyleDraft): Document {
  const layer = findLayer(shown, draft.layerId);
  if (
    layer?.kind !== "styled" ||
    draft.picture === null ||
    draft.key !== draftKey(layer) ||
    isCurrent(layer)
  )
    return shown;
  return applyOperation(shown, {
    kind: "setLayer",
    layerId: layer.id,
    change: { result: { asset: draft.picture, style: layer.style } },
  }).document;
}
