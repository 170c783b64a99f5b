import type {
  StyledLayer,
  StyleParameters,
} from "../../common/document/document.ts";
import {
  confinementOf,
  isCurrent,
  resultKey,
  styleKey,
} from "../../common/document/style-key.ts";
import { findLayer } from "../../common/document/tree.ts";
import { settled } from "./edits.ts";
import type { PageState, StyleDraft } from "./page-state.ts";
import { shownDocument } from "./shown-document.ts";
import type { Workspace } from "./workspace.ts";

/** What a draft is of, whichever mask it was measured by: a mask may change while its style's draft is on its way. */
export function draftKey({ source, style }: StyledLayer): string {
  return `${source} ${styleKey(style)} ${style.confined ?? false}`;
}

/** Shows a style while a hand is still choosing it: at once in numbers, and as soon as the engine can in pixels. */
export function previewStyle(
  workspace: Workspace,
  layer: StyledLayer,
  style: StyleParameters,
): void {
  const preview = { layerIds: [layer.id], change: { style } };
  want(workspace, { ...layer, style }, { preview });
}

/** Shows a draft of a layer's style until its result is there. */
export function draftLayer(workspace: Workspace, layerId: string): void {
  const { project } = workspace.store.getState();
  const layer = project && findLayer(project.document, layerId);
  if (layer?.kind === "styled" && !isCurrent(layer)) want(workspace, layer, {});
}

function want(
  workspace: Workspace,
  layer: StyledLayer,
  also: Partial<PageState>,
): void {
  const { store, drafts } = workspace;
  const { project } = store.getState();
  if (!project) return;
  const { id: layerId, source, style } = layer;
  const change = (how: (draft: StyleDraft | null) => StyleDraft | null) =>
    store.setState(({ styleDraft }) => ({ styleDraft: how(styleDraft) }));
  // In one change of state: what is shown and what is wanted never disagree.
  store.setState(({ styleDraft }) => ({
    ...also,
    styleDraft: {
      layerId,
      key: draftKey(layer),
      picture: styleDraft?.layerId === layerId ? styleDraft.picture : null,
    },
  }));
  if (isCurrent(layer)) return;
  drafts.want(
    {
      projectId: project.confirmed.id,
      layerId,
      style,
      key: resultKey(source, style, confinementOf(layer)),
    },
    () => settled(workspace),
    (picture) =>
      change((draft) =>
        draft?.layerId === layerId ? { ...draft, picture } : draft,
      ),
  );
}

/**
 * Lets go of the draft, and ends the one that is on its way, as soon as its layer wants something else (by undo, by Escape,
 * by another hand), has its result, or is gone.
 * @returns a function that stops
 */
export function endDrafts(workspace: Workspace): () => void {
  return workspace.store.subscribe((state) => {
    const { styleDraft } = state;
    if (styleDraft === null) return;
    const document = shownDocument(state);
    const layer = document && findLayer(document, styleDraft.layerId);
    if (
      layer?.kind === "styled" &&
      draftKey(layer) === styleDraft.key &&
      (state.preview?.change.style !== undefined || !isCurrent(layer))
    )
      return;
    workspace.drafts.drop();
    workspace.store.setState({ styleDraft: null });
  });
}
