import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface StudioWindow {
  /** Resolves when the artist has closed the window, or the browser has ended in another way. */
  closed: Promise<void>;
  /** Closes the window and waits for the browser to end. */
  close(): Promise<void>;
}

/**
 * Shows an address in an app window: no tabs, no address bar, and a profile of its own, so that neither the artist's
 * own browser nor its extensions have a part in it and the window's process ends with the window.
 * @param chromium path of the browser
 * @param address one-time address; other programs of this user could read it from the process list, but it works only once
 * @param profileFolder where the browser keeps what it must keep
 */
export async function openWindow(
  chromium: string,
  address: string,
  profileFolder: string,
): Promise<StudioWindow> {
  const child = spawn(chromium, windowArguments(address, profileFolder), {
    stdio: "ignore",
  });
  await Promise.race([
    once(child, "spawn"),
    once(child, "error").then(([error]) => Promise.reject(error)),
  ]);
  const closed = once(child, "exit").then(() => {});
  return {
    closed,
    async close() {
      if (isRunning(child)) child.kill("SIGTERM");
      await closed;
    },
  };
}

function windowArguments(address: string, profileFolder: string): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profileFolder}`,
    "--window-size=1440,900",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate",
    // Chromium refuses to start its sandbox as root, which happens in containers only.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
