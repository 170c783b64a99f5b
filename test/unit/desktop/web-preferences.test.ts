import { expect, expectTypeOf, test } from "vitest";
import type { DesktopBridge } from "../../../electron/desktop/preload.ts";
import { webPreferences } from "../../../electron/desktop/web-preferences.ts";
import type { FudeBridge } from "../../../renderer/host/electron-host.ts";

test("the page's process is held as tightly as Electron can, switch by switch", () => {
  expect(webPreferences("/preload.cjs")).toStrictEqual({
    preload: "/preload.cjs",
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
  });
});

test("what preload gives is what the page expects", () => {
  expectTypeOf<DesktopBridge>().toExtend<FudeBridge>();
  expectTypeOf<keyof DesktopBridge>().toEqualTypeOf<
    "call" | "on" | "pathForFile"
  >();
});
