import type { StudioClient } from "../../common/contract/studio.ts";
import type { AssetHash } from "../../common/document/document.ts";

/** Whether calls reach the studio now. Calls made while it is not `open` wait for it. */
export type ConnectionState = "connecting" | "open" | "lost";

/** The studio as the page reaches it, whatever carries the calls. */
export interface Host extends StudioClient {
  /**
   * Where a stored picture can be loaded from.
   * @param options.longestSide pixels; larger pictures come scaled down to it, smaller ones as they are
   */
  assetUrl(hash: AssetHash, options?: { longestSide?: number }): string;
  /** Where a project can be loaded from as a PNG of what it looks like now. */
  pictureUrl(projectId: string): string;
  readonly connection: ConnectionState;
  /** @returns a function that stops listening */
  onConnection(listener: (state: ConnectionState) => void): () => void;
}
