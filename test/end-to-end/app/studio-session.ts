import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launchChromium } from "./chromium.ts";
import { dataFolderForTest } from "./data-folder.ts";
import { type RunningStudio, root, startStudio } from "./running-studio.ts";
import { connectBeside, type SocketClient } from "./socket-client.ts";
import { type StudioPage, studioPage } from "./studio-page.ts";

/** Where the pictures of a run are left, to be looked at. */
const pictures = join(root, "test", ".output", "end-to-end");

/** The studio on a library of its own for each test, and a page of it in a browser that has never been there. */
export interface Session {
  readonly app: StudioPage;
  readonly studio: RunningStudio;
  readonly dataFolder: string;
  /** A second line to the studio. */
  beside(): Promise<SocketClient>;
  /** Ends the studio and the browser's session, and starts both anew on the same library. */
  restart(): Promise<void>;
  screenshot(name: string): Promise<void>;
}

/**
 * Registers what a suite needs before and after its tests. A test also fails when its page complains (an error in its
 * console, a policy that it broke) and when its studio does not end as it should.
 */
export function studioSession(): Session {
  let browser: Browser;
  let data: Awaited<ReturnType<typeof dataFolderForTest>>;
  let studio: RunningStudio;
  let context: BrowserContext;
  let app: StudioPage;
  const complaints: string[] = [];

  async function open(): Promise<void> {
    studio = await startStudio(data.path);
    context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    // Dialogs are caught from the start: Playwright may come too late when asked only as the key goes down that opens one.
    page.on("filechooser", () => {});
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(studio.address);
    app = studioPage(page);
    await page
      .getByRole("main", { name: "Projects" })
      .getByRole("button")
      .first()
      .waitFor();
  }

  async function close(): Promise<void> {
    await context.close();
    expect(await studio.stop()).toBe(0);
  }

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    complaints.length = 0;
    data = await dataFolderForTest();
    await open();
  });
  afterEach(async () => {
    await close();
    await data.remove();
    expect(complaints).toEqual([]);
  });

  return {
    get app() {
      return app;
    },
    get studio() {
      return studio;
    },
    get dataFolder() {
      return data.path;
    },
    beside: () => connectBeside(context, new URL(studio.address).origin),
    async restart() {
      await close();
      await open();
    },
    async screenshot(name) {
      await app.page.screenshot({ path: join(pictures, `${name}.png`) });
    },
  };
}
