import { ipcMain, type WebContents } from "electron/main";
import {
  type StudioClient,
  type StudioEvent,
  studioEvents,
} from "../../common/contract/studio.ts";
import { dispatch } from "../studio/dispatch.ts";
import { channels } from "./channels.ts";
import { isPageAddress } from "./page-address.ts";

/**
 * The studio's calls and events for one page.
 * @param onDefect told of errors that are no `Failure`, and of senders that are not the page
 * @returns a function that ends it
 */
export function serveCalls(
  page: WebContents,
  studio: StudioClient,
  onDefect: (error: unknown) => void,
): () => void {
  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) => {
    const frame = event.senderFrame;
    if (
      event.sender !== page ||
      frame === null ||
      frame.parent !== null ||
      !isPageAddress(frame.url)
    ) {
      onDefect(new Error(`A call came from ${frame?.url ?? "nowhere"}`));
      throw new Error("Only the page may call.");
    }
    return dispatch(studio, String(name), input, onDefect);
  });
  const listeners = (Object.keys(studioEvents) as StudioEvent[]).map((name) =>
    studio.on(name, (payload) => {
      if (!page.isDestroyed()) page.send(channels.event, name, payload);
    }),
  );
  return () => {
    ipcMain.removeHandler(channels.call);
    for (const stop of listeners) stop();
  };
}
