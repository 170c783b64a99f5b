import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { ProjectState } from "../../common/contract/studio.ts";
import type { Layer } from "../../common/document/document.ts";
import { chromiumPath } from "./app/chromium.ts";
import { difference, landscape, pngFile } from "./app/pictures.ts";
import type { SocketClient } from "./app/socket-client.ts";
import { studioSession } from "./app/studio-session.ts";
import { systemClipboard } from "./app/system-clipboard.ts";

const copy = "ControlOrMeta+c";
const copyMerged = "ControlOrMeta+Shift+c";
const cut = "ControlOrMeta+x";
const paste = "ControlOrMeta+v";
const undo = "ControlOrMeta+z";

/** How long to wait for what is to come; the machine may be busy with other things. */
const patience = { timeout: 60_000 };

describe.skipIf(chromiumPath === null)("the clipboard", () => {
  const session = studioSession();

  /** Opens a picture of 320 × 240. */
  async function open(): Promise<{
    client: SocketClient;
    project: ProjectState;
  }> {
    await session.app.drop([pngFile("hills.png", await landscape())]);
    await session.app.canvas.waitFor();
    await session.app.layers.first().waitFor();
    const client = await session.beside();
    const [summary] = await client.call("listProjects", {});
    return {
      client,
      project: await client.call("openProject", { projectId: summary!.id }),
    };
  }

  /** Presses a key and gives the document as it is once the studio has the step. */
  async function afterStep(
    client: SocketClient,
    act: () => Promise<void>,
  ): Promise<ProjectState> {
    const changed = client.next("projectChanged");
    await act();
    return changed;
  }

  /** Selects a rectangle, in document pixels. */
  async function selectRectangle(
    x: number,
    y: number,
    width: number,
    height: number,
  ): Promise<void> {
    const { page } = session.app;
    await page.keyboard.press("ControlOrMeta+0");
    await page.keyboard.press("m");
    const box = (await session.app.canvas.boundingBox())!;
    // The picture is smaller than the window, so it lies in the middle at its own size.
    const left = Math.round(box.x + (box.width - 320) / 2);
    const top = Math.round(box.y + (box.height - 240) / 2);
    await page.mouse.move(left + x, top + y);
    await page.mouse.down();
    await page.mouse.move(left + x + width, top + y + height, { steps: 3 });
    await page.mouse.up();
  }

  const press = (key: string) => session.app.page.keyboard.press(key);
  const same = ({ id: _, ...layer }: Layer) => layer;

  test("a layer is copied, pasted and cut as it is, and is a picture to other programs", async () => {
    const { client, project } = await open();
    const system = systemClipboard(session.app.page);
    await press(copy);
    await expect
      .poll(() => system.types(), patience)
      .toEqual(["text/html", "image/png"]);
    expect(
      await difference(await landscape(), await system.picture()),
    ).toBeLessThan(0.5);

    const pasted = await afterStep(client, () => press(paste));
    expect(pasted.document.layers.map(same)).toEqual([
      same(project.document.layers[0]!),
      same(project.document.layers[0]!),
    ]);
    expect(new Set(pasted.document.layers.map(({ id }) => id)).size).toBe(2);
    expect(pasted.history.entries.at(-1)?.label).toBe("Paste hills");
    await expect.poll(() => session.app.layers.count(), patience).toBe(2);

    // What is cut goes once it is on the clipboard, comes back by undo, and can be pasted.
    const less = await afterStep(client, () => press(cut));
    expect(less.document.layers).toHaveLength(1);
    expect(less.history.entries.at(-1)?.label).toBe("Cut hills");
    const undone = await afterStep(client, () => press(undo));
    expect(undone.document.layers).toHaveLength(2);
    const again = await afterStep(client, () => press(paste));
    expect(again.document.layers).toHaveLength(3);
    client.close();
  });

  test("what is chosen is copied and pasted in its place; cut hides it and alters no picture", async () => {
    const { client, project } = await open();
    const system = systemClipboard(session.app.page);
    await selectRectangle(200, 40, 60, 80);
    await press(copy);
    await expect
      .poll(async () => {
        const { width, height } = await sharp(
          await system.picture(),
        ).metadata();
        return [width, height];
      }, patience)
      .toEqual([60, 80]);
    const pasted = await afterStep(client, () => press(paste));
    expect(pasted.document.layers[1]).toMatchObject({
      kind: "picture",
      name: "hills",
      transform: { x: 200, y: 40, scaleX: 1, scaleY: 1 },
    });
    expect(
      await difference(
        await sharp(await landscape())
          .extract({ left: 200, top: 40, width: 60, height: 80 })
          .png()
          .toBuffer(),
        await system.picture(),
      ),
    ).toBeLessThan(0.5);
    await afterStep(client, () => press(undo));

    await session.app.layers.getByText("hills").first().click();
    const without = await afterStep(client, () => press(cut));
    const [photo] = without.document.layers;
    expect(photo).toMatchObject({
      asset: (project.document.layers[0] as { asset?: string }).asset,
      mask: { outside: 1, enabled: true },
    });
    const { bytes } = await client.call("exportProject", {
      projectId: project.id,
      format: "png",
    });
    const { data, info } = await sharp(bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const alphaAt = (x: number, y: number) =>
      data[info.channels * (y * info.width + x) + 3];
    expect([alphaAt(230, 80), alphaAt(190, 80)]).toEqual([0, 255]);

    // All that is seen goes out with the hole in it.
    await press("ControlOrMeta+d");
    await press(copyMerged);
    await expect
      .poll(
        async () => (await sharp(await system.picture()).metadata()).width,
        patience,
      )
      .toBe(320);
    expect((await sharp(await system.picture()).stats()).isOpaque).toBe(false);
    client.close();
  });

  test("a mask goes from layer to layer, and a picture from elsewhere becomes one", async () => {
    const { client } = await open();
    const system = systemClipboard(session.app.page);
    await selectRectangle(20, 20, 100, 50);
    const masked = await afterStep(client, () =>
      press("ControlOrMeta+Shift+m"),
    );
    const { mask } = masked.document.layers[0]!;
    expect(mask).not.toBeNull();
    await afterStep(client, () => press("ControlOrMeta+j"));
    const two = await afterStep(client, async () => {
      await session.app.page
        .getByRole("button", { name: "Layer", exact: true })
        .click();
      await session.app.page
        .getByRole("menuitem", { name: "Delete mask" })
        .click();
    });
    expect(two.document.layers.map((layer) => layer.mask === null)).toEqual([
      false,
      true,
    ]);

    // Copied from the lower one's mask, which other programs see in grey.
    await session.app.page
      .getByRole("button", { name: /^Mask of hills$/ })
      .click();
    await system.put(await landscape(16, 12));
    await press(copy);
    await expect
      .poll(
        async () => (await sharp(await system.picture()).metadata()).width,
        patience,
      )
      .toBe(320);
    const grey = await sharp(await system.picture())
      .removeAlpha()
      .raw()
      .toBuffer();
    const at = (x: number, y: number) => [
      ...grey.subarray(3 * (y * 320 + x), 3 * (y * 320 + x) + 3),
    ];
    expect([at(60, 40), at(5, 5)]).toEqual([
      [255, 255, 255],
      [0, 0, 0],
    ]);
    await session.app.layers.first().click();
    const both = await afterStep(client, () => press(paste));
    expect(both.document.layers[1]?.mask).toEqual(mask);

    // The mask is the target now: a picture that comes from elsewhere becomes it.
    await system.put(
      await sharp({
        create: { width: 320, height: 240, channels: 3, background: "#808080" },
      })
        .png()
        .toBuffer(),
    );
    const grown = await afterStep(client, () => press(paste));
    expect(grown.document.layers).toHaveLength(2);
    expect(grown.document.layers[1]?.mask).toMatchObject({ x: 0, y: 0 });
    expect(grown.document.layers[1]?.mask?.asset).not.toBe(mask?.asset);
    client.close();
  });

  test("a picture from elsewhere becomes a layer of what is open, and else a project", async () => {
    const { page } = session.app;
    const system = systemClipboard(page);
    await system.put(await landscape());
    await press(paste);
    await expect
      .poll(() => page.getByTestId("project-name").textContent(), patience)
      .toBe("Pasted picture");
    await system.put(await landscape(64, 48));
    await press(paste);
    await expect.poll(() => session.app.layers.count(), patience).toBe(2);

    // Text that is being typed is the browser's to copy and paste.
    await session.app.layers.first().click();
    await press("F2");
    const name = page.getByRole("textbox", { name: "Layer name" });
    await name.fill("sky");
    await name.press("ControlOrMeta+a");
    await name.press(copy);
    await name.press("End");
    await name.press(paste);
    expect(await name.inputValue()).toBe("skysky");
    await name.press("Escape");
    expect(await session.app.layers.count()).toBe(2);
  });
});
