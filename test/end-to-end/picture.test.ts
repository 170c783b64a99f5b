import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./app/chromium.ts";
import { difference, isColourful, landscape, pngFile } from "./app/pictures.ts";
import { layerNames, openPsd } from "./app/psd.ts";
import { bundledStyle } from "./app/studio-page.ts";
import { studioSession } from "./app/studio-session.ts";

/** Large enough that styling it takes a while, so that there is progress to show. */
const size = { width: 1280, height: 960 };

describe.skipIf(chromiumPath === null)("a picture", () => {
  const session = studioSession();

  // A file input outside the document can be collected while its dialog is open.
  test("the system's dialog keeps its input in the page until it is answered", async () => {
    const { page, canvas } = session.app;
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("ControlOrMeta+o");
    const dialog = await chooser;
    const input = dialog.element();
    expect(await input.evaluate((element) => element.isConnected)).toBe(true);
    await dialog.setFiles([pngFile("hills.png", await landscape())]);
    await canvas.waitFor();
    expect(await input.evaluate((element) => element.isConnected)).toBe(false);
  });

  test("a picture gets a style and leaves as layers", async () => {
    const picture = await landscape(size.width, size.height);
    const client = await session.beside();

    // In: the picture is on the canvas.
    await session.app.openPictures([pngFile("hills.png", picture)]);
    await session.app.canvas.waitFor();
    await session.app.layers.getByText("hills").first().waitFor();
    const before = await session.app.untilPainted(isColourful);
    await session.screenshot("1-opened");

    // Style: a styled layer appears, its progress shows, then its result.
    const progress = session.app.page.getByTestId("canvas-progress").waitFor();
    const made = client.next("projectChanged", ({ document }) =>
      document.layers.some((layer) => layer.kind === "styled" && layer.result),
    );
    await session.app.style(bundledStyle).click();
    await progress;
    const { id: projectId, document } = await made;
    expect(document.layers.map((layer) => layer.kind)).toEqual([
      "picture",
      "styled",
    ]);
    const styled = await session.app.untilPainted(
      async (now) => (await difference(before, now)) > 1,
    );
    await session.screenshot("2-styled");

    // Strength: at 0 the picture is as it was, in between it is in between.
    await session.app.nudge("Strength", "Home");
    expect(await session.app.sliderValue("Strength")).toBe("0 %");
    await session.app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    await session.app.nudge("Strength", "End");
    await session.app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );

    // Undo and redo.
    await session.app.page.keyboard.press("ControlOrMeta+z");
    await session.app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    expect(await session.app.sliderValue("Strength")).toBe("0 %");
    await session.app.page.keyboard.press("ControlOrMeta+Shift+z");
    await session.app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );
    const { steps, now } = await session.app.history();
    expect(steps).toEqual([
      "Opened",
      `Style: ${bundledStyle}`,
      "Strength 0 %",
      "Strength 100 %",
    ]);
    expect(now).toBe("Strength 100 %");
    // Faster than the studio answers, every press counts.
    await session.app.page.evaluate(() => {
      const mac = /Mac/.test(navigator.platform);
      for (let press = 0; press < 2; press++)
        window.dispatchEvent(
          new KeyboardEvent("keydown", {
            key: "z",
            code: "KeyZ",
            ctrlKey: !mac,
            metaKey: mac,
          }),
        );
    });
    await expect
      .poll(async () => (await session.app.history()).now)
      .toBe(`Style: ${bundledStyle}`);
    await session.app.page.keyboard.press("ControlOrMeta+Shift+z");
    await session.app.page.keyboard.press("ControlOrMeta+Shift+z");
    await expect
      .poll(async () => (await session.app.history()).now)
      .toBe("Strength 100 %");
    await session.app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );

    // Compare.
    await session.app.page
      .getByRole("button", { name: /compare|split/i })
      .first()
      .click();
    await session.app.page.getByRole("slider", { name: /Divider/ }).waitFor();
    await session.screenshot("3-compared");
    await session.app.page
      .getByRole("button", { name: /compare|split/i })
      .first()
      .click();

    // Out: the PNG is what the document says, the PSD has its layers.
    const flat = await session.app.exported("png");
    expect(flat.name).toBe("hills.png");
    expect(await sharp(flat.bytes).metadata()).toMatchObject({
      format: "png",
      ...size,
    });
    expect(await difference(picture, flat.bytes)).toBeGreaterThan(1);
    const layered = await session.app.exported("psd");
    expect(layered.name).toBe("hills.psd");
    const psd = openPsd(layered.bytes);
    expect([psd.width, psd.height]).toEqual([size.width, size.height]);
    const names = layerNames(psd.children);
    expect(names).toContain("hills");
    expect(names).toContain(bundledStyle);
    // Its merged picture is what the PNG shows.
    const pixels = Uint8Array.from(psd.imageData?.data ?? []);
    const merged = await sharp(Buffer.from(pixels), {
      raw: { ...size, channels: 4 },
    })
      .png()
      .toBuffer();
    expect(await difference(flat.bytes, merged)).toBeLessThan(0.5);

    // A reload shows all of it again, and so does a new start on the same library.
    await session.app.page.reload();
    await reopenAndCompare(styled);
    await session.restart();
    await reopenAndCompare(styled);
    const again = await session.beside();
    const kept = await again.call("openProject", { projectId });
    expect(kept.history.entries.map(({ label }) => label)).toEqual(
      steps.slice(1),
    );
    await session.app.page.keyboard.press("ControlOrMeta+z");
    await session.app.untilPainted(
      async (later) => (await difference(before, later)) < 0.1,
    );
  });

  async function reopenAndCompare(expected: Buffer): Promise<void> {
    await session.app.enter("Projects");
    await session.app.page.getByRole("button", { name: "Open hills" }).click();
    await session.app.canvas.waitFor();
    await session.app.untilPainted(
      async (now) => (await difference(expected, now)) < 0.1,
    );
    expect(await session.app.layers.count()).toBe(2);
  }
});
