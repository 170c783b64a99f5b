import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pino, { type Logger } from "pino";
import { openStudio } from "../studio/studio.ts";
import { findChromium } from "./find-chromium.ts";
import { openWindow, type StudioWindow } from "./open-window.ts";
import { type StudioServer, serveStudio } from "./serve-studio.ts";

export interface BrowserHostOptions {
  dataFolder: string;
  /** 0 takes a free one. */
  port: number;
  /** Whether to open a window; without a display none is opened in any case. */
  window: boolean;
  /** Ends the host when it fires. */
  signal: AbortSignal;
  /** Says one sentence to the person who started it. */
  say(sentence: string): void;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Runs the studio behind a browser's window until the window is closed or the signal fires, then closes the studio:
 * trainings get their checkpoint, the library its last word.
 * @throws Failure where the studio cannot be opened or served
 */
export async function runBrowserHost(
  options: BrowserHostOptions,
): Promise<void> {
  await mkdir(options.dataFolder, { recursive: true });
  const log = pino({ name: "fude" }, pino.destination(2));
  const studio = await openStudio({
    dataFolder: options.dataFolder,
    resourcesFolder: join(root, "resources"),
    log,
  });
  try {
    const server = await serveStudio({
      studio,
      pageFolder: join(root, "dist", "renderer"),
      port: options.port,
      onDefect: (error) => log.error(error),
      onPage: () => log.info("the page is connected"),
    });
    try {
      // Ahead of its first use; a failure is told by `engineChanged`, and again by the first job.
      studio.startEngine().catch(() => {});
      await untilEnd(server, options, log);
    } finally {
      await server.close();
    }
  } finally {
    await studio.close();
  }
}

async function untilEnd(
  server: StudioServer,
  options: BrowserHostOptions,
  log: Logger,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (options.signal.aborted) resolve();
    options.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const window = await show(server, options, log);
  if (window === null) {
    options.say(`Fude is at ${server.issueAddress()}`);
    options.say("The address works once. Ctrl+C ends Fude.");
    return ended;
  }
  await Promise.race([window.closed, ended]);
  await window.close();
}

/** @returns null where there is to be no window or can be none, which has then been said */
async function show(
  server: StudioServer,
  options: BrowserHostOptions,
  log: Logger,
): Promise<StudioWindow | null> {
  if (!options.window) return null;
  if (!hasDisplay()) {
    options.say("There is no display here, so no window is opened.");
    return null;
  }
  const chromium = await findChromium();
  if (chromium === null) {
    options.say(
      "No Chromium, Chrome or Edge was found; install one or name it in FUDE_CHROMIUM. Until then, open the address in a browser yourself.",
    );
    return null;
  }
  try {
    return await openWindow(
      chromium,
      server.issueAddress(),
      join(options.dataFolder, "window"),
    );
  } catch (error) {
    log.error(error);
    options.say(`${chromium} could not be started.`);
    return null;
  }
}

function hasDisplay(): boolean {
  return (
    process.platform !== "linux" ||
    Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  );
}
