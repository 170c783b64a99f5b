import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chromiumPath } from "./app/chromium.ts";
import { dataFolderForTest } from "./app/data-folder.ts";
import { childrenOf, root } from "./app/running-studio.ts";

const screen = "/usr/bin/Xvfb";
const missing =
  chromiumPath === null
    ? "no Chromium is here"
    : existsSync(screen)
      ? null
      : "no Xvfb is here to show a window on";
if (missing !== null) console.warn(`skipped: ${missing}.`);

/** The studio as `npm start` opens it, on a screen that nobody looks at. */
describe.skipIf(missing !== null)("the app window", () => {
  let data: Awaited<ReturnType<typeof dataFolderForTest>>;
  let display: ReturnType<typeof spawn>;
  let displayName: string;
  let host: ReturnType<typeof spawn>;
  let ended: Promise<unknown[]>;
  let firstCall: Promise<void>;

  beforeEach(async () => {
    data = await dataFolderForTest();
    display = spawn(
      screen,
      ["-displayfd", "3", "-screen", "0", "1440x900x24"],
      {
        stdio: ["ignore", "ignore", "ignore", "pipe"],
      },
    );
    const numbers = display.stdio[3] as NodeJS.ReadableStream;
    const [number] = await once(createInterface({ input: numbers }), "line");
    displayName = `:${number}`;
    host = spawn(
      process.execPath,
      ["electron/browser/main.ts", "--data", data.path],
      {
        cwd: root,
        env: {
          ...process.env,
          DISPLAY: displayName,
          FUDE_CHROMIUM: chromiumPath ?? "",
        },
        stdio: ["ignore", "inherit", "pipe"],
      },
    );
    ended = once(host, "exit");
    const lines = createInterface({
      input: host.stderr as NodeJS.ReadableStream,
    });
    firstCall = new Promise((resolve) => {
      lines.on("line", (line) => {
        if (line.includes("the page is connected")) resolve();
      });
    });
  });
  afterEach(async () => {
    if (host.exitCode === null) host.kill("SIGTERM");
    await ended;
    display.kill();
    await data.remove();
  });

  /** The browser: the child of the host that was given an address. */
  function browserPid(): number {
    const found = childrenOf(host.pid ?? 0).find((pid) =>
      execFileSync("ps", ["-o", "args=", "-p", String(pid)], {
        encoding: "utf8",
      }).includes("--app=http://127.0.0.1:"),
    );
    if (found === undefined) throw new Error("The host has no browser.");
    return found;
  }

  test("shows the page, and Fude ends with it", async () => {
    await firstCall;
    process.kill(browserPid(), "SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  test("goes when Fude is told to end", async () => {
    await firstCall;
    const browser = browserPid();
    host.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(() => process.kill(browser, 0)).toThrow("ESRCH");
  });
});
