import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElectronApplication, Page } from "playwright-core";
import sharp from "sharp";
import {
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { dataFolderForTest } from "../end-to-end/app/data-folder.ts";
import {
  difference,
  inkDrawings,
  isColourful,
  landscape,
  pngFile,
} from "../end-to-end/app/pictures.ts";
import { layerNames, openPsd } from "../end-to-end/app/psd.ts";
import { type StudioPage, studioPage } from "../end-to-end/app/studio-page.ts";
import { bundle, launchDesktop, missing } from "./electron-app.ts";

describe.skipIf(missing !== null)("the desktop app", () => {
  let data: Awaited<ReturnType<typeof dataFolderForTest>>;
  let electron: ElectronApplication;
  let page: Page;
  let app: StudioPage;

  beforeAll(bundle);
  beforeEach(async () => {
    data = await dataFolderForTest();
    await start();
  });
  afterEach(async () => {
    await electron.close();
    await data.remove();
  });

  async function start(): Promise<void> {
    ({ electron, page } = await launchDesktop(data.path));
    page.setDefaultTimeout(120_000);
    app = studioPage(page);
  }

  /** The save dialog cannot be handled from outside: its answer is given beforehand. */
  async function exported(format: string): Promise<Buffer> {
    const path = join(data.path, `out.${format}`);
    const saved = electron.evaluate(
      ({ session }, to) =>
        new Promise<string>((resolve) => {
          session.defaultSession.once("will-download", (_event, item) => {
            item.setSavePath(to);
            item.once("done", (_done, state) => resolve(state));
          });
        }),
      path,
    );
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByTestId(`export-${format}`).click();
    expect(await saved).toBe("completed");
    return readFile(path);
  }

  test("a folder becomes a style, the style goes on a picture, the work leaves", async () => {
    const folder = join(data.path, "My hatching");
    await inkDrawings(folder, 3);
    await app.enter("Train");
    const chooser = page.waitForEvent("filechooser");
    await page.getByTestId("choose-drawings").click();
    await (await chooser).setFiles(folder);
    await page.getByText("3 good").waitFor();
    await page.getByRole("button", { name: "Start training" }).click();
    await page
      .getByTestId("loss-chart")
      .getByRole("listitem")
      .filter({ hasText: "total" })
      .waitFor();
    await page.getByRole("button", { name: "Stop and keep" }).click();
    await page.locator('[data-testid="training"][data-state="done"]').waitFor();

    await app.enter("Projects");
    await app.openPictures([pngFile("hills.png", await landscape())]);
    await app.canvas.waitFor();
    const before = await app.untilPainted(isColourful);
    await app.style("My hatching").click();
    const styled = await app.untilPainted(
      async (now) => (await difference(before, now)) > 1,
    );
    await page.keyboard.press("ControlOrMeta+z");
    await app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );

    expect(await sharp(await exported("png")).metadata()).toMatchObject({
      width: 320,
      height: 240,
    });
    const psd = openPsd(await exported("psd"));
    expect(layerNames(psd.children)).toContain("hills");

    await electron.close();
    await start();
    await page.getByRole("button", { name: "Open hills" }).click();
    await app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );
  });

  test("a file that is no picture is named", async () => {
    await app.drop([
      pngFile("letter.png", Buffer.from("Dear artist, this is a text.")),
    ]);
    await app.notices.filter({ hasText: "letter.png" }).waitFor();
  });

  test("the page has no Node, no way out and no permission", async () => {
    const found = await page.evaluate(async () => ({
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      bridge: Object.keys((globalThis as { fude?: object }).fude ?? {}).sort(),
      opened: window.open("https://example.com/") === null,
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => "granted",
        (error: DOMException) => error.name,
      ),
    }));
    expect(found).toEqual({
      require: "undefined",
      process: "undefined",
      bridge: ["call", "on", "pathForFile"],
      opened: true,
      camera: "NotAllowedError",
    });
    const address = page.url();
    await page.evaluate(() => {
      window.location.href = "https://example.com/";
    });
    await page.getByRole("navigation", { name: "Rooms" }).waitFor();
    expect(page.url()).toBe(address);
  });
});
