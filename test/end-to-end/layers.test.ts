import type { Locator } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { ProjectState } from "../../common/contract/studio.ts";
import { chromiumPath } from "./app/chromium.ts";
import { layersPanel } from "./app/layers-panel.ts";
import { difference, landscape, pngFile } from "./app/pictures.ts";
import { layerNames, openPsd } from "./app/psd.ts";
import type { SocketClient } from "./app/socket-client.ts";
import { studioSession } from "./app/studio-session.ts";

/** What something comes to be, on a machine that has other things to do. */
const until = <Value>(value: () => Promise<Value>) =>
  expect.poll(value, { timeout: 60_000 });

/** A disc of a colour on nothing. */
function disc(colour: string, x: number, y: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240">
    <circle cx="${x}" cy="${y}" r="60" fill="${colour}"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

describe.skipIf(chromiumPath === null)("the layers panel", () => {
  const session = studioSession();

  /** A landscape with three discs over it. */
  async function begin() {
    const { app } = session;
    await app.drop([pngFile("hills.png", await landscape())]);
    await app.canvas.waitFor();
    await app.drop([
      pngFile("amber.png", await disc("#e0a020", 110, 90)),
      pngFile("green.png", await disc("#30a040", 160, 120)),
      pngFile("violet.png", await disc("#7040c0", 210, 150)),
    ]);
    await until(() => layersPanel(app.page).listed()).toEqual([
      "violet",
      "green",
      "amber",
      "hills",
    ]);
    const panel = layersPanel(app.page);
    const client = await session.beside();
    const [summary] = await client.call("listProjects", {});
    return { app, panel, client, projectId: summary!.id, page: app.page };
  }

  const after = (client: SocketClient, label: string): Promise<ProjectState> =>
    client.next(
      "projectChanged",
      ({ history }) => history.entries[history.position - 1]?.label === label,
    );

  /** Waits until what appears has appeared. */
  const still = (part: Locator) =>
    part.evaluate((element) =>
      Promise.all(element.getAnimations().map(({ finished }) => finished)),
    );

  async function settled(): Promise<Buffer> {
    const { app } = session;
    return app.untilPainted(
      async (now) => (await difference(now, await app.painted())) < 0.01,
    );
  }

  test("layers are dragged into groups and out, several at once, each drag a step", async () => {
    const { app, panel, page, client } = await begin();
    await panel.row("green").click();
    const grouped = after(client, "Group green");
    await page.keyboard.press("ControlOrMeta+g");
    await grouped;
    expect(await panel.listed()).toEqual([
      "violet",
      "Group",
      "  green",
      "amber",
      "hills",
    ]);
    expect(await panel.selected()).toEqual(["Group"]);

    // Two at once, into the group.
    await panel.row("violet").click();
    await panel.row("amber").click({ modifiers: ["ControlOrMeta"] });
    expect(await panel.selected()).toEqual(["violet", "amber"]);
    await panel.drag("amber", "Group", { share: 0.5 });
    expect(await panel.row("Group").getAttribute("data-over")).toBe("into");
    await session.screenshot("layers-1-into-group");
    const moved = after(client, "Move 2 layers");
    await page.mouse.up();
    await moved;
    expect(await panel.listed()).toEqual([
      "Group",
      "  violet",
      "  amber",
      "  green",
      "hills",
    ]);

    // Escape lets go of them where they were.
    await panel.drag("green", "hills", { share: 0.9 });
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect((await panel.listed()).at(-1)).toBe("hills");

    // Below the lowest of the group, and farther left: out of it.
    await panel.row("violet").click();
    await panel.drag("violet", "green", { share: 0.9, left: 0.05 });
    await session.screenshot("layers-2-out-of-group");
    const out = after(client, "Move violet");
    await page.mouse.up();
    await out;
    expect(await panel.listed()).toEqual([
      "Group",
      "  amber",
      "  green",
      "violet",
      "hills",
    ]);

    // The same by keys: in again, out at the top, to the bottom of all.
    await page.keyboard.press("ControlOrMeta+Alt+]");
    await until(() => panel.listed()).toEqual([
      "Group",
      "  amber",
      "  green",
      "  violet",
      "hills",
    ]);
    for (const _ of [1, 2, 3]) await page.keyboard.press("ControlOrMeta+]");
    await until(() => panel.listed()).toEqual([
      "violet",
      "Group",
      "  amber",
      "  green",
      "hills",
    ]);
    await page.keyboard.press("ControlOrMeta+Shift+BracketLeft");
    await until(async () => (await panel.listed()).at(-1)).toBe("violet");

    const { steps } = await app.history();
    expect(steps.slice(4)).toEqual([
      "Group green",
      "Move 2 layers",
      "Move violet",
      "Move violet",
      "Move violet",
      "Move violet",
      "Move violet",
      "Move violet",
    ]);

    await panel.row("Group").click();
    await page.keyboard.press("ControlOrMeta+Shift+g");
    await until(() => panel.listed()).toEqual([
      "amber",
      "green",
      "hills",
      "violet",
    ]);
    expect(await panel.selected()).toEqual(["amber", "green"]);
  });

  test("what is merged looks the same, comes back by undo, and lasts a restart", async () => {
    const { app, panel, page, client, projectId } = await begin();
    await panel.row("violet").click();
    await app.nudge("Opacity", "Home");
    await page.keyboard.press("End");
    for (const _ of [1, 2, 3]) await page.keyboard.press("PageDown");
    const before = await settled();

    await panel.row("violet").click();
    await panel.row("amber").click({ modifiers: ["Shift"] });
    expect(await panel.selected()).toEqual(["violet", "green", "amber"]);
    const original = await client.call("openProject", { projectId });
    const merged = after(client, "Merge layers");
    await page.keyboard.press("ControlOrMeta+e");
    const { document } = await merged;
    await until(() => panel.listed()).toEqual(["amber", "hills"]);
    expect(await panel.selected()).toEqual(["amber"]);
    await app.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    expect(document.layers[1]).toMatchObject({
      kind: "picture",
      name: "amber",
    });
    await session.screenshot("layers-3-merged");

    await page.keyboard.press("ControlOrMeta+z");
    await until(() => panel.listed()).toEqual([
      "violet",
      "green",
      "amber",
      "hills",
    ]);
    expect(await panel.selected()).toEqual(["violet", "green", "amber"]);
    const undone = await client.call("openProject", { projectId });
    expect(undone.document).toEqual(original.document);
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await until(() => panel.listed()).toEqual(["amber", "hills"]);

    await session.restart();
    const again = session.app;
    await again.enter("Projects");
    await again.page.getByRole("button", { name: "Open hills" }).click();
    await again.canvas.waitFor();
    await again.untilPainted(
      async (now) => (await difference(before, now)) < 0.1,
    );
    const restored = layersPanel(again.page);
    expect(await restored.listed()).toEqual(["amber", "hills"]);
    await again.page.keyboard.press("ControlOrMeta+z");
    await until(() => restored.listed()).toEqual([
      "violet",
      "green",
      "amber",
      "hills",
    ]);

    // The three are selected again, and hidden together; the artist is told when they are flattened away.
    await restored
      .row("green")
      .getByRole("button", { name: "Hide green" })
      .click();
    const told = again.notices
      .getByText("3 hidden layers were left out")
      .waitFor();
    await restored.choose("hills", "Flatten");
    await until(() => restored.listed()).toEqual(["Flattened"]);
    await told;
    const psd = openPsd((await again.exported("psd")).bytes);
    expect(layerNames(psd.children)).toEqual(["Flattened"]);
  });

  test("a long merge says how far it is, and nothing has changed when it is cancelled", async () => {
    const { app } = session;
    const { page } = app;
    const panel = layersPanel(page);
    await app.drop([pngFile("large.png", await landscape(3200, 2400))]);
    await app.canvas.waitFor();
    for (let copy = 1; copy <= 7; copy++)
      await page.keyboard.press("ControlOrMeta+j");
    await until(async () => (await panel.listed()).length).toBe(8);
    const before = await panel.listed();
    await page.keyboard.press("ControlOrMeta+Shift+e");
    const bar = page.getByRole("progressbar", { name: "Merging layers" });
    await until(async () =>
      Number(await bar.getAttribute("aria-valuenow")),
    ).toBeGreaterThan(0);
    await still(page.getByTestId("merge-progress"));
    await session.screenshot("layers-8-merging");
    await page
      .getByTestId("merge-progress")
      .getByRole("button", { name: "Cancel" })
      .click();
    await bar.waitFor({ state: "detached" });
    expect(await panel.listed()).toEqual(before);
    expect((await app.history()).steps).not.toContain("Merge visible");
    expect(await app.notices.count()).toBe(0);
  });

  test("visibility, opacity, copies and deletion reach all that is selected", async () => {
    const { app, panel, page, client } = await begin();
    await panel.row("green").click();
    await page.keyboard.press("ControlOrMeta+a");
    expect(await panel.selected()).toEqual([
      "violet",
      "green",
      "amber",
      "hills",
    ]);
    await panel.row("green").click();
    await panel.row("violet").click({ modifiers: ["ControlOrMeta"] });

    const faded = after(client, "Opacity 0 % of 2 layers");
    await app.nudge("Opacity", "Home");
    const { document } = await faded;
    expect(document.layers.map(({ opacity }) => opacity)).toEqual([1, 1, 0, 0]);

    const hidden = after(client, "Hide 2 layers");
    await panel
      .row("violet")
      .getByRole("button", { name: "Hide violet" })
      .click();
    expect(
      (await hidden).document.layers.map(({ visible }) => visible),
    ).toEqual([true, true, false, false]);

    // Alt and a click on an eye: only that one, and back.
    const eye = panel.row("amber").getByRole("button", { name: /(Hide|Show)/ });
    const solo = after(client, "Show only amber");
    await eye.first().click({ modifiers: ["Alt"] });
    expect((await solo).document.layers.map(({ visible }) => visible)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    const others = after(client, "Show the others");
    await eye.first().click({ modifiers: ["Alt"] });
    expect(
      (await others).document.layers.map(({ visible }) => visible),
    ).toEqual([true, true, false, false]);

    await panel.row("amber").click();
    await panel.row("green").click({ modifiers: ["Shift"] });
    await page.keyboard.press("ControlOrMeta+j");
    await until(() => panel.listed()).toEqual([
      "violet",
      "green copy",
      "green",
      "amber copy",
      "amber",
      "hills",
    ]);
    expect(await panel.selected()).toEqual(["green copy", "amber copy"]);
    await page.keyboard.press("Delete");
    await until(() => panel.listed()).toEqual([
      "violet",
      "green",
      "amber",
      "hills",
    ]);
    expect(await panel.selected()).toEqual(["amber"]);
    expect((await app.history()).steps.slice(-2)).toEqual([
      "Duplicate 2 layers",
      "Delete 2 layers",
    ]);
  });

  test("names are changed where they stand, groups fold, and the keyboard reaches it all", async () => {
    const { panel, page } = await begin();
    await panel.row("green").getByText("green").dblclick();
    await page.keyboard.type("leaf");
    await page.keyboard.press("Enter");
    await panel.row("leaf").waitFor();
    await panel.choose("amber", "Rename layer");
    await page.getByRole("textbox", { name: "Layer name" }).fill("sun");
    await page.keyboard.press("Enter");
    await panel.row("sun").waitFor();

    await panel.row("sun").focus();
    await page.keyboard.press("Shift+ArrowUp");
    expect(await panel.selected()).toEqual(["leaf", "sun"]);
    await page.keyboard.press("ControlOrMeta+g");
    await panel.row("Group").waitFor();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Layer name" }).fill("discs");
    await page.keyboard.press("Enter");
    await panel.row("discs").waitFor();

    await panel.row("discs").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await panel.listed()).toEqual(["violet", "discs", "hills"]);
    await session.screenshot("layers-4-folded");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await panel.selected()).toEqual(["leaf"]);
    await page.keyboard.press("ArrowLeft");
    expect(await panel.selected()).toEqual(["discs"]);

    // A locked layer stays where it is, and says why.
    await panel.row("hills").getByRole("button", { name: "Lock" }).click();
    await panel.drag("hills", "violet", { share: 0.1 });
    await page.mouse.up();
    await session.app.notices.getByText("hills is locked.").waitFor();
    expect(await panel.listed()).toEqual([
      "violet",
      "discs",
      "  leaf",
      "  sun",
      "hills",
    ]);

    await page.getByRole("button", { name: "Dismiss" }).click();
    await panel.row("leaf").click();
    await page.keyboard.press("ControlOrMeta+Shift+m");
    await page.getByTestId("mask").waitFor();
    await panel.row("leaf").click({ button: "right" });
    await still(page.getByRole("menu"));
    await session.screenshot("layers-5-menu");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "View" }).click();
    await page.getByRole("menuitem", { name: "Light theme" }).click();
    await panel.drag("violet", "sun", { share: 0.9 });
    await session.screenshot("layers-6-light");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await page.getByRole("button", { name: "Layer", exact: true }).click();
    await still(page.getByRole("menu"));
    await session.screenshot("layers-7-menu-light");
    await page.getByRole("menuitem", { name: "Rename layer" }).click();
    await page.getByRole("textbox", { name: "Layer name" }).fill("moon");
    await page.keyboard.press("Enter");
    await panel.row("moon").waitFor();
  });

  test("a pen drags as a mouse does, and a finger scrolls instead", async () => {
    const { panel, page, client } = await begin();
    const device = await page.context().newCDPSession(page);
    const middle = async (name: string) => {
      const box = await panel.row(name).boundingBox();
      if (!box) throw new Error("The row is not on the screen.");
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    for (const _ of [1, 2, 3]) await page.keyboard.press("ControlOrMeta+j");
    await until(async () => (await panel.listed()).length).toBe(7);
    const before = await panel.listed();
    const tree = page.getByRole("tree", { name: "Layers" });
    const scrolled = () => tree.evaluate((list) => list.scrollTop);
    expect(await scrolled()).toBe(0);
    const finger = await middle(before[2]!);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", y: number) =>
      device.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: finger.x, y }],
      });
    await touch("touchStart", finger.y);
    await touch("touchMove", finger.y - 30);
    await touch("touchMove", finger.y - 60);
    await touch("touchEnd", finger.y - 60);
    expect(await scrolled()).toBe(60);
    expect(await panel.listed()).toEqual(before);

    await panel.row("amber").scrollIntoViewIfNeeded();
    const [from, to] = [await middle("amber"), await middle("green")];
    const moved = after(client, "Move amber");
    const pen = { button: "left", buttons: 1, pointerType: "pen" } as const;
    await device.send("Input.dispatchMouseEvent", {
      ...pen,
      ...from,
      type: "mousePressed",
    });
    for (const share of [0.3, 0.6, 1])
      await device.send("Input.dispatchMouseEvent", {
        ...pen,
        x: from.x,
        y: from.y + share * (to.y - 12 - from.y),
        type: "mouseMoved",
      });
    await device.send("Input.dispatchMouseEvent", {
      ...pen,
      x: from.x,
      y: to.y - 12,
      type: "mouseReleased",
    });
    await moved;
    expect((await panel.listed()).slice(-3)).toEqual([
      "amber",
      "green",
      "hills",
    ]);
  });
});
