import type { WebPreferences } from "electron/main";

/**
 * What the page's process may do: nothing but draw and talk through the preload script. Every switch is named, so that
 * a changed default of Electron's changes nothing here; a test holds each of them.
 * @param preload path of the bundled preload script
 */
export function webPreferences(preload: string) {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: "",
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
  } as const satisfies WebPreferences;
}
