import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  _electron,
  type ElectronApplication,
  type Page,
} from "playwright-core";
import { buildDesktop } from "../../electron/desktop/build.ts";
import { root } from "../end-to-end/app/running-studio.ts";

const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};

const executable = join(
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??
    join(root, "node_modules", "electron", "dist"),
  names[process.platform] ?? "electron",
);

/** Why the desktop app cannot run here, or null. */
export const missing = !existsSync(executable)
  ? `Electron's binary is not here (${executable}); npx install-electron fetches it`
  : process.platform === "linux" &&
      !process.env.DISPLAY &&
      !process.env.WAYLAND_DISPLAY
    ? "there is no display; xvfb-run gives one"
    : null;
if (missing !== null) console.warn(`skipped: ${missing}.`);

/** Bundles the desktop app from the sources as they are; the page is built by `npm run test:electron`. */
export async function bundle(): Promise<void> {
  await buildDesktop(join(root, "dist", "desktop"));
}

/**
 * Starts the desktop app on a library.
 * @param data the library's folder
 */
export async function launchDesktop(
  data: string,
): Promise<{ electron: ElectronApplication; page: Page }> {
  const electron = await _electron.launch({
    executablePath: executable,
    args: [root, `--data=${data}`],
    cwd: root,
  });
  // Windows are chosen by what they show: a window of the developer tools may come first.
  const shows = (page: Page) => page.url().startsWith("studio://page/");
  const page =
    electron.windows().find(shows) ??
    (await electron.waitForEvent("window", { predicate: shows }));
  return { electron, page };
}
