import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  protocol,
  session,
} from "electron/main";
import pino from "pino";
import { Failure } from "../../common/failure.ts";
import { dataFolder } from "../studio/data-folder.ts";
import { createPictureResponder } from "../studio/picture-response.ts";
import { openStudio, type Studio } from "../studio/studio.ts";
import { guardNavigation, limitPermissions } from "./harden.ts";
import { utilityEngine } from "./launch-engine.ts";
import { menuTemplate } from "./menu.ts";
import { pageAddress, pageScheme } from "./page-address.ts";
import { askWhereToSave } from "./save-dialog.ts";
import { serveCalls } from "./serve-calls.ts";
import { createPageResponder } from "./serve-page.ts";
import { webPreferences } from "./web-preferences.ts";

/** Entry of the desktop app, bundled to `dist/desktop/main.mjs`; `--data=FOLDER` says where the library lies. */

const bundle = import.meta.dirname;
const log = pino({ name: "fude" }, pino.destination(2));
const onDefect = (error: unknown) => log.error(error);
const data = dataFolder(app.commandLine.getSwitchValue("data"));

protocol.registerSchemesAsPrivileged([
  {
    scheme: pageScheme,
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
    },
  },
]);
app.enableSandbox();
// A driver that crashed once may be tried again; the engine checks its numbers.
app.disableDomainBlockingFor3DAPIs();
mkdirSync(data, { recursive: true });
// Chromium's own files, and with them the lock that allows one app a library.
app.setPath("userData", join(data, "window"));
guardNavigation();

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start).catch(giveUp);
} else {
  app.exit();
}

async function start(): Promise<void> {
  const studio = await openStudio({
    dataFolder: data,
    resourcesFolder: app.isPackaged
      ? join(process.resourcesPath, "resources")
      : join(app.getAppPath(), "resources"),
    log,
    launchEngine: utilityEngine(join(bundle, "engine.mjs")),
  });
  closeWith(studio);
  limitPermissions(session.defaultSession);
  askWhereToSave(session.defaultSession);
  protocol.handle(
    pageScheme,
    createPageResponder(
      join(bundle, "..", "renderer"),
      (hash) => studio.pathOfAsset(hash),
      createPictureResponder(studio),
    ),
  );
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(process.platform)),
  );
  await openMainWindow(studio);
  // Ahead of its first use; a failure is told by `engineChanged`, and again by the first job.
  studio.startEngine().catch(() => {});
}

async function openMainWindow(studio: Studio): Promise<void> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    title: "Fude",
    backgroundColor: "#1e1e1e",
    show: false,
    webPreferences: webPreferences(join(bundle, "preload.cjs")),
  });
  const stopCalls = serveCalls(window.webContents, studio, onDefect);
  window.once("ready-to-show", () => window.show());
  window.once("closed", () => {
    stopCalls();
    app.quit();
  });
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    log.error({ reason }, "the page's process ended");
    // Everything that the artist did is in the library: the new page shows it.
    if (reason !== "clean-exit") window.webContents.reload();
  });
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  await window.loadURL(pageAddress);
}

/** Quitting waits until trainings have their checkpoint and the library its last word. */
function closeWith(studio: Studio): void {
  let closed = false;
  app.on("will-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    studio
      .close()
      .catch(onDefect)
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => app.quit());
  }
}

function giveUp(error: unknown): void {
  const failure = Failure.from(error);
  log.fatal(error);
  dialog.showErrorBox(failure.message, failure.hint ?? "");
  app.exit(1);
}
