import { contextBridge, ipcRenderer, webUtils } from "electron/renderer";
import { channels } from "./channels.ts";

/** What the page finds as `window.fude`. It takes no channel's name, and no event object reaches the page. */
const bridge = {
  /** @returns `{ output }` or `{ failure }`; the main process parses name and input */
  call(name: string, input: unknown): Promise<unknown> {
    return ipcRenderer.invoke(channels.call, String(name), input);
  },
  /** @returns a function that stops listening */
  on(name: string, listener: (payload: unknown) => void): () => void {
    const heard = (_event: unknown, event: unknown, payload: unknown) => {
      if (event === name) listener(payload);
    };
    ipcRenderer.on(channels.event, heard);
    return () => ipcRenderer.off(channels.event, heard);
  },
  /** Where a file that was dropped or chosen lies; the empty text for one that a page made. */
  pathForFile(file: File): string {
    return webUtils.getPathForFile(file);
  },
};

export type DesktopBridge = typeof bridge;

contextBridge.exposeInMainWorld("fude", bridge);
