import { browserHost } from "./browser-host.ts";
import { electronHost, type FudeBridge } from "./electron-host.ts";
import type { Host } from "./host.ts";

declare global {
  interface Window {
    /** Present under Electron only. */
    readonly fude?: FudeBridge;
  }
}

/** The host that this page runs under. */
export function openHost(): Host {
  if (window.fude) return electronHost(window.fude);
  const url = new URL("/studio", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return browserHost(url.href);
}
