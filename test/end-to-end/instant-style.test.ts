import { describe, expect, test } from "vitest";
import { chromiumPath } from "./app/chromium.ts";
import {
  difference,
  isColourful,
  landscape,
  night,
  pngFile,
} from "./app/pictures.ts";
import { studioSession } from "./app/studio-session.ts";

const stylePanel = '[data-testid="style-panel"]';

describe.skipIf(chromiumPath === null)("a style from any picture", () => {
  const session = studioSession();

  test("a picture dropped on the styles is painted like, kept among them, and undone", async () => {
    const { app } = session;
    const client = await session.beside();
    await app.openPictures([pngFile("hills.png", await landscape(640, 480))]);
    await app.canvas.waitFor();
    const before = await app.untilPainted(isColourful);

    // The tile shows the picture while its style is made; then the layer is there.
    const pending = app.page.getByTestId("pending-style").waitFor();
    const made = client.next("projectChanged", ({ document }) =>
      document.layers.some((layer) => layer.kind === "styled" && layer.result),
    );
    await app.drop([pngFile("night.png", await night())], stylePanel);
    await pending;
    await session.screenshot("7-instant-pending");
    const project = await made;
    const { layers } = project.document;
    expect(layers.map(({ name }) => name)).toEqual(["hills", "night"]);
    const styled = await app.untilPainted(
      async (now) => (await difference(before, now)) > 5,
    );
    const tile = app.style("night");
    expect(await tile.getAttribute("aria-selected")).toBe("true");
    expect(await tile.locator("img").count()).toBe(1);
    await session.screenshot("8-instant-style");

    await app.page.keyboard.press("ControlOrMeta+z");
    await app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    await app.page.keyboard.press("ControlOrMeta+Shift+z");
    await app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );
    const { steps } = await app.history();
    expect(steps).toEqual(["Opened", "Style: night"]);

    // By the dialog: the styled layer takes the other style.
    await app.layers.getByText("night").first().click();
    const chooser = app.page.waitForEvent("filechooser");
    await app.page.getByTestId("style-from-picture").click();
    await (await chooser).setFiles([pngFile("warm.png", await landscape())]);
    await app
      .style("warm")
      .and(app.page.locator("[aria-selected=true]"))
      .waitFor();
    expect(await app.layers.count()).toBe(2);

    // What is no picture is named, and nothing else changes.
    await app.drop(
      [pngFile("letter.png", Buffer.from("Dear artist,"))],
      stylePanel,
    );
    await app.notices.getByText("letter.png is not a picture").waitFor();
    const styles = await client.call("listStyles", {});
    expect(
      styles.flatMap(({ name, origin }) =>
        origin === "instant" ? [name] : [],
      ),
    ).toEqual(["warm", "night"]);
    expect(await app.page.getByTestId("pending-style").count()).toBe(0);
  });
});
