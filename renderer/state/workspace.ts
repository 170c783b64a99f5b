import { createStore, type StoreApi } from "zustand/vanilla";
import type { Host } from "../host/host.ts";
import { MaskPictures } from "./mask-pictures.ts";
import { initialState, type PageState, type Theme } from "./page-state.ts";
import { StyleDrafts } from "./style-drafts.ts";

/** What everything in `state/` works on: the studio on one side, what the page shows on the other. */
export interface Workspace {
  readonly host: Host;
  readonly store: StoreApi<PageState>;
  /** Pixels of masks: those that the document has, and the one that a hand is painting on. */
  readonly masks: MaskPictures;
  /** Small pictures of a styled layer whose result is not there yet. */
  readonly drafts: StyleDrafts;
}

/** @param theme the one that the artist chose last */
export function createWorkspace(host: Host, theme: Theme): Workspace {
  return {
    host,
    store: createStore<PageState>(() => ({
      ...initialState,
      theme,
      connection: host.connection,
    })),
    masks: new MaskPictures(host),
    drafts: new StyleDrafts(host),
  };
}
