import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import sharp from "sharp";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { chromiumPath, launchChromium } from "./app/chromium.ts";
import { dataFolderForTest } from "./app/data-folder.ts";
import { difference, inkDrawings, landscape, looks } from "./app/pictures.ts";
import { layerNames, openPsd } from "./app/psd.ts";
import { type RunningStudio, root, startStudio } from "./app/running-studio.ts";
import { connectBeside } from "./app/socket-client.ts";
import { type StudioPage, studioPage } from "./app/studio-page.ts";

const png = (name: string, buffer: Buffer) => ({
  name,
  mimeType: "image/png",
  buffer,
});
/** One of the styles that Fude comes with. */
const styleName = "Woodblock";
/** Where the pictures of a run are left, to be looked at. */
const pictures = join(root, "test", ".output", "end-to-end");

describe.skipIf(chromiumPath === null)("the studio in a browser", () => {
  let browser: Browser;
  let data: Awaited<ReturnType<typeof dataFolderForTest>>;
  let studio: RunningStudio;
  let context: BrowserContext;
  let app: StudioPage;
  const complaints: string[] = [];

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    data = await dataFolderForTest();
    studio = await startStudio(data.path);
    await open();
  });
  afterEach(async () => {
    await context.close();
    expect(await studio.stop()).toBe(0);
    await data.remove();
    expect(complaints).toEqual([]);
  });

  /** A browser that has never been here opens the address that the studio printed. */
  async function open(): Promise<void> {
    complaints.length = 0;
    context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
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

  const beside = () => connectBeside(context, new URL(studio.address).origin);

  test("a picture gets a style and leaves as layers", async () => {
    const picture = await landscape();
    const client = await beside();

    // In: the picture is on the canvas.
    await app.openPictures([png("hills.png", picture)]);
    await app.canvas.waitFor();
    await app.layers.getByText("hills").first().waitFor();
    const before = await app.untilPainted(isColourful);
    await app.page.screenshot({ path: join(pictures, "1-opened.png") });

    // Style: a styled layer appears, its progress shows, then its result.
    const progress = app.page.getByTestId("canvas-progress").waitFor();
    const made = client.next("projectChanged", ({ document }) =>
      document.layers.some((layer) => layer.kind === "styled" && layer.result),
    );
    await app.style(styleName).click();
    await progress;
    const { id: projectId, document } = await made;
    expect(document.layers.map((layer) => layer.kind)).toEqual([
      "picture",
      "styled",
    ]);
    const styled = await app.untilPainted(
      async (now) => (await difference(before, now)) > 1,
    );
    await app.page.screenshot({ path: join(pictures, "2-styled.png") });

    // Strength: at 0 the picture is as it was, in between it is in between.
    await app.nudge("Strength", "Home");
    expect(await app.sliderValue("Strength")).toBe("0 %");
    await app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    await app.nudge("Strength", "End");
    await app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );

    // Undo and redo.
    await app.page.keyboard.press("ControlOrMeta+z");
    await app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    expect(await app.sliderValue("Strength")).toBe("0 %");
    await app.page.keyboard.press("ControlOrMeta+Shift+z");
    await app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );
    const { steps, now } = await app.history();
    expect(steps).toEqual([
      "Opened",
      `Style: ${styleName}`,
      "Strength 0 %",
      "Strength 100 %",
    ]);
    expect(now).toBe("Strength 100 %");

    // Compare.
    await app.page
      .getByRole("button", { name: /compare|split/i })
      .first()
      .click();
    await app.page.getByRole("slider", { name: /Divider/ }).waitFor();
    await app.page.screenshot({ path: join(pictures, "3-compared.png") });
    await app.page
      .getByRole("button", { name: /compare|split/i })
      .first()
      .click();

    // Out: the PNG is what the document says, the PSD has its layers.
    const flat = await app.exported("png");
    expect(flat.name).toBe("hills.png");
    expect(await sharp(flat.bytes).metadata()).toMatchObject({
      format: "png",
      width: 320,
      height: 240,
    });
    expect(await difference(picture, flat.bytes)).toBeGreaterThan(1);
    const layered = await app.exported("psd");
    expect(layered.name).toBe("hills.psd");
    const psd = openPsd(layered.bytes);
    expect([psd.width, psd.height]).toEqual([320, 240]);
    const names = layerNames(psd.children);
    expect(names).toContain("hills");
    expect(names).toContain(styleName);
    // Its merged picture is what the PNG shows.
    const pixels = Uint8Array.from(psd.imageData?.data ?? []);
    const merged = await sharp(Buffer.from(pixels), {
      raw: { width: 320, height: 240, channels: 4 },
    })
      .png()
      .toBuffer();
    expect(await difference(flat.bytes, merged)).toBeLessThan(0.5);

    // A reload shows all of it again, and so does a new start on the same library.
    await app.page.reload();
    await reopenAndCompare(styled);
    await context.close();
    expect(await studio.stop()).toBe(0);
    studio = await startStudio(data.path);
    await open();
    await reopenAndCompare(styled);
    const again = await beside();
    const kept = await again.call("openProject", { projectId });
    expect(kept.history.entries.map(({ label }) => label)).toEqual(
      steps.slice(1),
    );
    await app.page.keyboard.press("ControlOrMeta+z");
    await app.untilPainted(
      async (later) => (await difference(before, later)) < 0.1,
    );
  });

  async function reopenAndCompare(expected: Buffer): Promise<void> {
    await app.enter("Projects");
    await app.page.getByRole("button", { name: "Open hills" }).click();
    await app.canvas.waitFor();
    await app.untilPainted(
      async (now) => (await difference(expected, now)) < 0.1,
    );
    expect(await app.layers.count()).toBe(2);
  }

  test("a folder of drawings becomes a style", async () => {
    const folder = join(data.path, "My hatching");
    await inkDrawings(folder, 4);
    await writeFile(join(folder, "notes.txt"), "buy ink");
    await app.enter("Train");
    const { page } = app;
    const chooser = page.waitForEvent("filechooser");
    await page.getByTestId("choose-drawings").click();
    await (await chooser).setFiles(folder);
    await page.getByText("4 good, 1 refused").waitFor();
    const refused = await page.getByTestId("refused-drawings").textContent();
    expect(refused).toContain("notes.txt");
    await page.getByTestId("style-name").fill("My hatching");
    await page.getByTestId("training-minutes").fill("0.1");
    await page.screenshot({ path: join(pictures, "4-training-form.png") });
    await page.getByRole("button", { name: "Start training" }).click();

    const training = page.getByTestId("training");
    await training.waitFor();
    const losses = page.getByTestId("loss-chart").getByRole("listitem");
    await losses.filter({ hasText: "total" }).waitFor();
    await page.screenshot({ path: join(pictures, "5-training.png") });
    await page.locator('[data-testid="training"][data-state="done"]').waitFor();
    const total = await losses
      .filter({ hasText: "total" })
      .locator("output")
      .textContent();
    expect(Number.parseFloat(total ?? "")).toBeGreaterThan(0);
    await page.getByTestId("sample").first().waitFor();
    await page.screenshot({ path: join(pictures, "6-trained.png") });

    await app.openPictures([png("hills.png", await landscape())]);
    await app.canvas.waitFor();
    await app.style("My hatching").waitFor();
    expect(await app.style(styleName).count()).toBe(1);
  });

  test("a file that is no picture is named, and the rest goes on", async () => {
    await app.drop([
      png("letter.png", Buffer.from("Dear artist, this is a text.")),
      png("hills.png", await landscape()),
    ]);
    await app.notices.filter({ hasText: "letter.png" }).waitFor();
    await app.layers.getByText("hills").first().waitFor();
    await app.page.screenshot({ path: join(pictures, "7-refused.png") });
    expect(await app.layers.count()).toBe(1);
    const half = (await landscape(1200, 900)).subarray(0, 4000);
    await app.drop([png("half.png", Buffer.from(half))]);
    await app.notices.filter({ hasText: "half.png" }).waitFor();
    expect(await app.layers.count()).toBe(1);
  });

  test.skipIf(process.platform === "win32")(
    "an engine that is killed at work comes back and finishes",
    async () => {
      const client = await beside();
      await app.openPictures([png("hills.png", await landscape(2400, 1800))]);
      await app.canvas.waitFor();
      const before = await app.untilPainted(isColourful);
      const running = client.next(
        "jobChanged",
        (job) => job.kind === "stylize" && (job.progress ?? 0) > 0,
      );
      const lost = client.next(
        "engineChanged",
        ({ state }) => state === "lost",
      );
      const done = client.next(
        "jobChanged",
        (job) => job.kind === "stylize" && job.state === "done",
      );
      await app.style(styleName).click();
      await running;
      const first = studio.enginePid();
      expect(first).not.toBeNull();
      process.kill(first ?? 0, "SIGKILL");
      await lost;
      await app.page.screenshot({ path: join(pictures, "8-engine-lost.png") });
      await done;
      expect(studio.enginePid()).not.toBe(first);
      await app.untilPainted(
        async (now) => (await difference(before, now)) > 1,
      );
      await app.page.screenshot({ path: join(pictures, "9-recovered.png") });
    },
  );

  test("nothing of an unfinished write stays in the library", async () => {
    await app.openPictures([png("hills.png", await landscape())]);
    await app.canvas.waitFor();
    await app.untilPainted(isColourful);
    const files = await readdir(join(data.path, "assets"), { recursive: true });
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((name) => /tmp|partial/.test(name))).toEqual([]);
  });
});

/** The landscape's colours vary; an empty canvas's do not. */
async function isColourful(picture: Buffer): Promise<boolean> {
  const { deviations } = await looks(picture);
  return Math.max(...deviations) > 25;
}
