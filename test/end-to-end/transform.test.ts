import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { ProjectState } from "../../common/contract/studio.ts";
import { chromiumPath } from "./app/chromium.ts";
import { difference, landscape, pngFile } from "./app/pictures.ts";
import { openPsd } from "./app/psd.ts";
import { studioSession } from "./app/studio-session.ts";

/** The document, and a picture that lies in its middle at (240, 180). */
const page = { width: 640, height: 480 };
const picture = { width: 160, height: 120 };

describe.skipIf(chromiumPath === null)("transforms", () => {
  const session = studioSession();

  /** Opens the document and puts the picture on it. */
  async function begin(): Promise<void> {
    const { app } = session;
    const ground = await sharp({
      create: { ...page, channels: 3, background: "#dcd6c8" },
    })
      .png()
      .toBuffer();
    await app.drop([pngFile("ground.png", ground)]);
    await app.canvas.waitFor();
    const { width, height } = picture;
    const view = pngFile("view.png", await landscape(width, height));
    await changed(() => app.drop([view]));
    await app.page.getByTestId("handles").waitFor();
  }

  /** Where a point of a document that is fitted to the window lies in it. */
  async function place(
    [x, y]: readonly [number, number],
    size = page,
  ): Promise<[number, number]> {
    const box = await session.app.canvas.boundingBox();
    if (!box) throw new Error("There is no canvas.");
    const shown = await session.app.page.getByTestId("zoom").innerText();
    const zoom = Number.parseFloat(shown) / 100;
    return [
      box.x + (box.width - size.width * zoom) / 2 + x * zoom,
      box.y + (box.height - size.height * zoom) / 2 + y * zoom,
    ];
  }

  async function press(
    from: readonly [number, number],
    to: readonly [number, number],
  ): Promise<void> {
    const { mouse } = session.app.page;
    await mouse.move(...(await place(from)));
    await mouse.down();
    await mouse.move(...(await place(to)), { steps: 6 });
  }

  /** Drags, and waits for what the studio then says. */
  async function drag(
    from: readonly [number, number],
    to: readonly [number, number],
    key?: "Shift" | "Alt",
  ): Promise<ProjectState> {
    const { keyboard, mouse } = session.app.page;
    return changed(async () => {
      if (key) await keyboard.down(key);
      await press(from, to);
      await mouse.up();
      if (key) await keyboard.up(key);
    });
  }

  /** What the studio says of the project after something was done. */
  async function changed(act: () => Promise<unknown>): Promise<ProjectState> {
    const client = await session.beside();
    const news = client.next("projectChanged");
    await act();
    const state = await news;
    client.close();
    return state;
  }

  async function switchTheme(): Promise<void> {
    const { page: tab } = session.app;
    await tab.getByRole("button", { name: "View", exact: true }).click();
    await tab.getByRole("menuitem", { name: "Light theme" }).click();
  }

  async function fill(label: string, value: string): Promise<ProjectState> {
    const field = session.app.page
      .getByRole("toolbar", { name: "Tool options" })
      .getByRole("textbox", { name: label, exact: true });
    return changed(async () => {
      await field.fill(value);
      await field.press("Enter");
    });
  }

  const transformIn = ({ document }: ProjectState) => {
    const layer = document.layers.at(-1);
    return layer?.kind === "picture" ? layer.transform : null;
  };

  async function exportedSize() {
    const { bytes } = await session.app.exported("png");
    const { width, height } = await sharp(bytes).metadata();
    return { width, height };
  }

  test("handles move, scale and turn a layer, a step each, and Escape leads back to the mark", async () => {
    const { app } = session;
    await begin();
    expect(transformIn(await drag([320, 240], [341, 230]))).toMatchObject({
      x: 261,
      y: 170,
    });
    const grown = transformIn(await drag([421, 290], [501, 350]));
    expect(grown?.scaleX).toBeCloseTo(1.5, 1);
    expect(grown?.scaleY).toBe(grown?.scaleX);
    expect(grown).toMatchObject({ x: 261, y: 170 });
    await session.screenshot("transform-1-scaled");

    // Only a preview: Escape takes it back, and no step is made of it.
    const before = await app.painted();
    await press([300, 220], [200, 120]);
    await app.untilPainted(async (now) => (await difference(before, now)) > 1);
    await app.page.keyboard.press("Escape");
    await app.page.mouse.up();
    await app.untilPainted(
      async (now) => (await difference(before, now)) < 0.05,
    );
    expect((await app.history()).steps).toEqual([
      "Opened",
      "Add view",
      "Move view",
      "Scale view",
    ]);

    const turned = await fill("Angle", "30");
    expect(transformIn(turned)?.rotation).toBe(30);
    await session.screenshot("transform-2-turned");
    await switchTheme();
    await session.screenshot("transform-2-turned-light");
    expect(await app.page.getByTestId("transform-mark").count()).toBe(1);
    const back = await changed(() => app.page.keyboard.press("Escape"));
    expect(transformIn(back)).toMatchObject({
      x: 240,
      y: 180,
      scaleX: 1,
      rotation: 0,
    });
    expect((await app.history()).now).toBe("Add view");
    // What was taken back can be brought again.
    const again = await changed(() =>
      app.page.keyboard.press("ControlOrMeta+Shift+z"),
    );
    expect(transformIn(again)).toMatchObject({ x: 261, y: 170 });
  });

  test("keys and numbers move, flip and turn, and Enter keeps what was done", async () => {
    const { app } = session;
    await begin();
    const { keyboard } = app.page;
    await changed(() => keyboard.press("ArrowRight"));
    const nudged = await changed(() => keyboard.press("Shift+ArrowDown"));
    expect(transformIn(nudged)).toMatchObject({ x: 241, y: 190 });
    await keyboard.press("Enter");
    await expect
      .poll(() => app.page.getByTestId("transform-mark").count())
      .toBe(0);

    expect(transformIn(await fill("X", "100"))).toMatchObject({ x: 100 });
    const wide = transformIn(await fill("Width", "50"));
    expect(wide).toMatchObject({ scaleX: 0.5, scaleY: 0.5, x: 140, y: 220 });
    await app.page.getByRole("button", { name: "Keep the aspect" }).click();
    expect(transformIn(await fill("Height", "200"))).toMatchObject({
      scaleX: 0.5,
      scaleY: 2,
    });
    const flipped = await changed(() =>
      app.page.getByRole("button", { name: "Flip horizontally" }).click(),
    );
    expect(transformIn(flipped)).toMatchObject({
      scaleX: -0.5,
      scaleY: 2,
      rotation: 0,
    });
    // Back to where Enter was pressed.
    const back = await changed(() => keyboard.press("Escape"));
    expect(transformIn(back)).toMatchObject({ x: 241, y: 190, scaleX: 1 });
  });

  test("all that is selected goes together, a step for all, and Escape takes it back", async () => {
    const { app } = session;
    await begin();
    await app.layers.filter({ hasText: "ground" }).click({
      modifiers: ["ControlOrMeta"],
    });
    const places = ({ document }: ProjectState) =>
      document.layers.map((layer) =>
        layer.kind === "group" ? [] : [layer.transform.x, layer.transform.y],
      );
    const nudged = await changed(() =>
      app.page.keyboard.press("Shift+ArrowRight"),
    );
    expect(places(nudged)).toEqual([
      [10, 0],
      [250, 180],
    ]);
    expect(nudged.history.entries.at(-1)?.label).toBe("Move 2 layers");
    const dragged = await drag([300, 220], [330, 240]);
    const [ground, view] = places(dragged);
    expect(view![0]! - ground![0]!).toBe(240);
    expect(view![1]! - ground![1]!).toBe(180);
    expect(ground).not.toEqual([10, 0]);
    const back = await changed(() => app.page.keyboard.press("Escape"));
    expect(places(back)).toEqual([
      [0, 0],
      [240, 180],
    ]);
  });

  test("what is turned with its mask looks the same in the window, after a restart and in a file", async () => {
    const { app } = session;
    await begin();
    // A mask that shows the left half.
    await app.page.keyboard.press("m");
    await press([240, 180], [320, 300]);
    await app.page.mouse.up();
    await app.page.getByTestId("selection").waitFor();
    await changed(() => app.page.keyboard.press("ControlOrMeta+Shift+m"));
    await app.page.keyboard.press("ControlOrMeta+t");
    const turned = await fill("Angle", "90");
    const layer = turned.document.layers.at(-1);
    expect(layer?.mask?.transform).toMatchObject({ rotation: 90 });
    await app.page.keyboard.press("ControlOrMeta+1");
    await session.screenshot("transform-3-mask");

    const { bytes } = await app.exported("png");
    const { data } = await sharp(bytes)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray(3 * (y * page.width + x), 3 * (y * page.width + x) + 3),
    ];
    // The left half has become the upper one: the sky is on its right, and below it the ground shows.
    expect(at(320, 260)).toEqual([0xdc, 0xd6, 0xc8]);
    expect(at(320, 220)).not.toEqual([0xdc, 0xd6, 0xc8]);
    expect(await apart(bytes)).toBeLessThanOrEqual(2);
    const psd = openPsd((await app.exported("psd")).bytes);
    expect(psd.children?.at(-1)?.mask).toMatchObject({
      left: 260,
      right: 380,
      top: 160,
      bottom: 240,
    });

    await session.restart();
    await session.app.enter("Projects");
    await session.app.page.getByRole("button", { name: "Open ground" }).click();
    await session.app.canvas.waitFor();
    await session.app.page.keyboard.press("ControlOrMeta+1");
    await session.app.untilPainted(async () => (await apart(bytes)) <= 2);
    await session.app.page.keyboard.press("ControlOrMeta+z");
    await session.app.untilPainted(async () => (await apart(bytes)) > 20);
  });

  /** Largest difference between a file and the canvas, which shows the document at its own size in its middle. */
  async function apart(file: Uint8Array): Promise<number> {
    const canvas = sharp(await session.app.painted());
    const { width = 0, height = 0 } = await canvas.metadata();
    const shown = await canvas
      .extract({
        left: Math.round((width - page.width) / 2),
        top: Math.round((height - page.height) / 2),
        ...page,
      })
      .removeAlpha()
      .raw()
      .toBuffer();
    const wanted = await sharp(file).removeAlpha().raw().toBuffer();
    return shown.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (wanted[i] ?? 0))),
      0,
    );
  }

  test("a crop cuts to its frame, throws nothing away and can be undone", async () => {
    const { app } = session;
    await begin();
    const { keyboard } = app.page;
    await keyboard.press("c");
    await app.page.getByTestId("crop-frame").waitFor();
    await press([200, 150], [440, 330]);
    await app.page.mouse.up();
    await session.screenshot("transform-4-crop");
    await switchTheme();
    await session.screenshot("transform-4-crop-light");
    const cropped = await changed(() => keyboard.press("Enter"));
    expect(cropped.document).toMatchObject({ width: 240, height: 180 });
    expect(transformIn(cropped)).toMatchObject({ x: 40, y: 30 });
    expect(await exportedSize()).toEqual({ width: 240, height: 180 });
    await session.screenshot("transform-5-cropped");

    // A larger canvas shows what lay outside.
    await keyboard.press("ControlOrMeta+Alt+c");
    const dialog = app.page.getByRole("dialog", { name: "Canvas size" });
    await dialog.getByRole("textbox", { name: "Width" }).fill("300");
    await dialog.getByRole("textbox", { name: "Height" }).fill("200");
    await dialog.getByRole("radio", { name: "top left" }).click();
    await session.screenshot("transform-6-canvas-size-light");
    const larger = await changed(() =>
      dialog.getByRole("button", { name: "Resize canvas" }).click(),
    );
    expect(larger.document).toMatchObject({ width: 300, height: 200 });
    expect(transformIn(larger)).toMatchObject({ x: 40, y: 30 });
    const { bytes } = await app.exported("png");
    const { channels } = await sharp(bytes).stats();
    // No clear pixel: the ground reaches over all of it.
    expect(channels.length === 3 || channels[3]?.min === 255).toBe(true);

    await changed(() => keyboard.press("ControlOrMeta+z"));
    const undone = await changed(() => keyboard.press("ControlOrMeta+z"));
    expect(undone.document).toMatchObject(page);
    expect(transformIn(undone)).toMatchObject({ x: 240, y: 180 });
  });

  test("an image is resized by percent, and stays so after a restart", async () => {
    const { app } = session;
    await begin();
    await app.page.keyboard.press("ControlOrMeta+Alt+i");
    const dialog = app.page.getByRole("dialog", { name: "Image size" });
    await dialog.getByRole("button", { name: "Percent" }).click();
    await dialog.getByRole("textbox", { name: "Width" }).fill("50");
    expect(
      await dialog.getByRole("textbox", { name: "Height" }).inputValue(),
    ).toBe("50");
    await session.screenshot("transform-7-image-size");
    const smaller = await changed(() => app.page.keyboard.press("Enter"));
    expect(smaller.document).toMatchObject({ width: 320, height: 240 });
    expect(transformIn(smaller)).toMatchObject({
      x: 120,
      y: 90,
      scaleX: 0.5,
      scaleY: 0.5,
    });
    expect(await exportedSize()).toEqual({ width: 320, height: 240 });
    await session.restart();
    await session.app.enter("Projects");
    await session.app.page.getByRole("button", { name: "Open ground" }).click();
    await session.app.canvas.waitFor();
    const client = await session.beside();
    const kept = await client.call("openProject", { projectId: smaller.id });
    expect(kept.document).toEqual(smaller.document);
    const undone = await changed(() =>
      session.app.page.keyboard.press("ControlOrMeta+z"),
    );
    expect(undone.document).toMatchObject(page);
  });
});
