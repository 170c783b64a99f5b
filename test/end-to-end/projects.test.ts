import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./app/chromium.ts";
import { difference, isColourful, landscape, pngFile } from "./app/pictures.ts";
import { projectsView } from "./app/projects-view.ts";
import { studioSession } from "./app/studio-session.ts";

/** How long to wait for what is to come; the machine may be busy with other things. */
const patience = { timeout: 60_000 };

describe.skipIf(chromiumPath === null)("the start page", () => {
  const session = studioSession();

  test("an empty one offers a sample, whose style paints itself", async () => {
    const { page } = session.app;
    await page.getByTestId("first-drop").waitFor();
    await session.screenshot("projects-first");
    await page.getByRole("button", { name: /Look around in a sample/ }).click();
    await session.app.canvas.waitFor();
    expect(await page.getByTestId("project-name").textContent()).toBe(
      "Lake at dusk (sample)",
    );
    await expect.poll(() => session.app.layers.count(), patience).toBe(2);
    const before = await session.app.untilPainted(isColourful);
    // The right half changes as the engine's result comes in, the left half stays the picture.
    const half = (side: "left" | "right", png: Buffer) =>
      sharp(png)
        .metadata()
        .then(({ width, height }) =>
          sharp(png)
            .extract({
              left: side === "left" ? 0 : Math.round(width * 0.7),
              top: 0,
              width: Math.round(width * 0.3),
              height,
            })
            .png()
            .toBuffer(),
        );
    const after = await session.app.untilPainted(
      async (png) =>
        (await difference(
          await half("right", before),
          await half("right", png),
        )) > 2,
    );
    expect(
      await difference(await half("left", before), await half("left", after)),
    ).toBeLessThan(0.5);
    await session.screenshot("projects-sample");
    await session.app.enter("Projects");
    expect(await projectsView(page).names()).toEqual(["Lake at dusk (sample)"]);
  });

  test("a project leaves as a file, and opens from it with its history, also over another", async () => {
    await session.app.drop([pngFile("hills.png", await landscape())]);
    await session.app.canvas.waitFor();
    await session.app.nudge("Opacity", "Home");
    await expect
      .poll(async () => (await session.app.history()).now, patience)
      .toBe("Opacity 0 %");
    const { page } = session.app;
    const download = page.waitForEvent("download");
    await page.keyboard.press("ControlOrMeta+s");
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("hills.fude");
    const buffer = await readFile(await saved.path());

    // It is dropped on an open picture, and no layer of it.
    const mimeType = "application/octet-stream";
    await session.app.drop([{ name: "again.fude", mimeType, buffer }]);
    await expect
      .poll(() => page.getByTestId("project-name").textContent(), patience)
      .toBe("again");
    expect(await session.app.layers.count()).toBe(1);
    expect((await session.app.history()).now).toBe("Opacity 0 %");
    await page.keyboard.press("ControlOrMeta+z");
    await session.app.untilPainted(isColourful);

    const torn = buffer.subarray(0, 200);
    await session.app.drop([{ name: "torn.fude", mimeType, buffer: torn }]);
    await session.app.notices
      .getByText("torn.fude is damaged: it is no whole zip archive.")
      .waitFor();
    expect(await page.getByTestId("project-name").textContent()).toBe("again");
  });

  test("finds, renames, duplicates and throws away, by keys alone; the trash gives back, also after a restart", async () => {
    const client = await session.beside();
    const picture = new Uint8Array(await landscape());
    for (const name of ["Harbour", "Bridge at dawn", "Café", "Old mill"])
      await client.call("createProject", { name, bytes: picture });
    client.close();
    await session.app.enter("Canvas");
    await session.app.enter("Projects");
    const { page } = session.app;
    const { keyboard } = page;
    let view = projectsView(page);
    await expect
      .poll(() => view.names(), patience)
      .toEqual(["Old mill", "Café", "Bridge at dawn", "Harbour"]);

    // Search, from there into the grid.
    await view.search.fill("cafe");
    expect(await view.names()).toEqual(["Café"]);
    await view.search.fill("castle");
    await page.getByText("No project is called “castle”.").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await view.search.press("ArrowDown");
    expect(await view.focused()).toBe("Open Old mill");
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowRight");
    expect(await view.focused()).toBe("Open Bridge at dawn");
    await keyboard.press("Home");
    await keyboard.press("End");
    expect(await view.focused()).toBe("Open Harbour");

    // Rename in place; the one changed last is then the first.
    await keyboard.press("F2");
    await page
      .getByRole("textbox", { name: "Project name" })
      .fill("Harbour II");
    await keyboard.press("Enter");
    await expect
      .poll(async () => (await view.names())[0], patience)
      .toBe("Harbour II");
    expect(await view.focused()).toBe("Open Harbour II");

    // Duplicate.
    await view.choose("Café", "Duplicate");
    await expect
      .poll(async () => (await view.names())[0], patience)
      .toBe("Café copy");
    await session.screenshot("projects-recent");

    // Away with two of them, and the focus stays in the grid.
    await view.card("Harbour II").focus();
    await keyboard.press("Delete");
    await session.app.notices
      .getByText("Harbour II is in the trash.")
      .waitFor();
    await expect.poll(() => view.focused(), patience).toBe("Open Old mill");
    await view.choose("Café", "Move to trash");
    await page.getByRole("button", { name: "Trash (2)" }).waitFor();

    await session.restart();
    view = projectsView(session.app.page);
    await expect
      .poll(() => view.names(), patience)
      .toEqual(["Café copy", "Old mill", "Bridge at dawn"]);
    await session.app.page.getByRole("button", { name: "Trash (2)" }).click();
    expect(await view.names()).toEqual(["Café", "Harbour II"]);
    await session.screenshot("projects-trash");
    await session.app.page
      .getByRole("button", { name: "Restore Harbour II" })
      .press("Enter");
    await expect.poll(() => view.names(), patience).toEqual(["Café"]);

    // Emptying asks first.
    const empty = session.app.page.getByRole("button", {
      name: "Empty trash…",
    });
    await empty.click();
    await session.app.page.getByRole("button", { name: "Keep" }).click();
    expect(await view.names()).toEqual(["Café"]);
    await empty.click();
    await session.app.page
      .getByRole("button", { name: "Empty trash", exact: true })
      .click();
    await session.app.page
      .getByText("There is nothing in the trash.")
      .waitFor();
    await session.app.page
      .getByRole("main")
      .getByRole("button", { name: "Projects" })
      .click();
    await expect
      .poll(() => view.names(), patience)
      .toEqual(["Café copy", "Harbour II", "Old mill", "Bridge at dawn"]);

    // Enter opens.
    await view.card("Harbour II").press("Enter");
    await session.app.canvas.waitFor();
    await session.app.page
      .getByRole("button", { name: "View", exact: true })
      .click();
    await session.app.page
      .getByRole("menuitem", { name: "Light theme" })
      .click();
    await session.app.enter("Projects");
    await session.app.page.getByText("Open", { exact: true }).waitFor();
    await session.screenshot("projects-light");
  });
});
