import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./app/chromium.ts";
import { inkDrawings, landscape, pngFile } from "./app/pictures.ts";
import { bundledStyle } from "./app/studio-page.ts";
import { studioSession } from "./app/studio-session.ts";

describe.skipIf(chromiumPath === null)("a folder of drawings", () => {
  const session = studioSession();

  test("a folder of drawings becomes a style", async () => {
    const folder = join(session.dataFolder, "My hatching");
    await inkDrawings(folder, 4);
    await writeFile(join(folder, "notes.txt"), "buy ink");
    await session.app.enter("Train");
    const { page } = session.app;
    const chooser = page.waitForEvent("filechooser");
    await page.getByTestId("choose-drawings").click();
    await (await chooser).setFiles(folder);
    await page.getByText("4 good, 1 refused").waitFor();
    const refused = await page.getByTestId("refused-drawings").textContent();
    expect(refused).toContain("notes.txt");
    await page.getByTestId("style-name").fill("My hatching");
    // How long each quality takes was found out by real steps.
    const minutes = /about \d+ (s|min|h)/;
    for (const quality of ["quick", "good", "fine"])
      await page
        .getByTestId(`quality-${quality}`)
        .filter({ hasText: minutes })
        .waitFor();
    await page.getByTestId("quality-quick").click();
    await page.getByTestId("advice").getByText("4 drawings").waitFor();
    await session.screenshot("4-training-form");
    await page.getByRole("button", { name: "Start training" }).click();

    const training = page.getByTestId("training");
    await training.waitFor();
    const losses = page.getByTestId("loss-chart").getByRole("listitem");
    await losses.filter({ hasText: "total" }).waitFor();
    // The first judgement, on what was set aside, comes after some steps.
    await page.getByText(/Step \d+ · \d/).waitFor();
    await losses.filter({ hasText: "set aside" }).waitFor();
    await session.screenshot("5-training");
    await page.getByRole("button", { name: "Stop and keep" }).click();
    await page.locator('[data-testid="training"][data-state="done"]').waitFor();
    const total = await losses
      .filter({ hasText: "total" })
      .locator("output")
      .textContent();
    expect(Number.parseFloat(total ?? "")).toBeGreaterThan(0);
    await page.getByTestId("sample").first().waitFor();
    await session.screenshot("6-trained");

    await session.app.openPictures([pngFile("hills.png", await landscape())]);
    await session.app.canvas.waitFor();
    await session.app.style("My hatching").waitFor();
    expect(await session.app.style(bundledStyle).count()).toBe(1);
  });
});
