import { describe, expect, test } from "vitest";
import {
  forgePsd,
  plainChannels,
  sectionDivider,
} from "../unit/studio/forged-psd.ts";
import { chromiumPath } from "./app/chromium.ts";
import { holdFiles } from "./app/held-files.ts";
import { difference, landscape, pngFile } from "./app/pictures.ts";
import { studioSession } from "./app/studio-session.ts";

/** How long to wait for what is to come; the machine may be busy with other things. */
const patience = { timeout: 60_000 };

const side = 64;
const sheet = (
  left: number,
  top: number,
  colour: readonly [number, number, number, number],
) => ({
  box: [left, top, left + side / 2, top + side / 2] as const,
  channels: plainChannels((side / 2) ** 2, colour),
});
const psd = {
  name: "figure.psd",
  mimeType: "image/vnd.adobe.photoshop",
  buffer: Buffer.from(
    forgePsd(side, side, [
      { name: "paper", ...sheet(0, 0, [240, 230, 210, 255]) },
      { name: "end", blocks: sectionDivider("divider") },
      { name: "ink", ...sheet(16, 16, [40, 60, 160, 255]), blendKey: "mul " },
      { name: "figure", blocks: sectionDivider("folder") },
    ]),
  ),
};

describe.skipIf(chromiumPath === null)("dropping and dragging", () => {
  const session = studioSession();

  test("files show where they will land, and land there; a PSD brings its layers; the picture can be dragged out", async () => {
    const { page, canvas, layers } = session.app;
    const client = await session.beside();
    const hills = await holdFiles(page, [
      pngFile("hills.png", await landscape()),
    ]);
    await hills.over(page.getByTestId("first-drop"));
    await hills.preview.getByText("Open as a project").waitFor();
    await session.screenshot("drop-first");
    await hills.drop();
    await canvas.waitFor();
    await layers.first().waitFor();
    expect(await hills.preview.count()).toBe(0);
    const [summary] = await client.call("listProjects", {});
    const projectId = summary!.id;
    const documentNow = async () =>
      (await client.call("openProject", { projectId })).document;

    // On the canvas, at three quarters of its width: that point of the picture.
    const small = pngFile("small.png", await landscape(64, 48));
    const one = await holdFiles(page, [small]);
    const box = (await canvas.boundingBox())!;
    await one.over(canvas, {
      x: 0.5 + 80 / box.width,
      y: 0.5 - 40 / box.height,
    });
    await one.preview.getByText("Add as a layer, here").waitFor();
    await session.screenshot("drop-point");
    await one.drop();
    await expect
      .poll(async () => (await documentNow()).layers.length, patience)
      .toBe(2);
    const [, dropped] = (await documentNow()).layers;
    if (dropped?.kind !== "picture") throw new Error("no picture");
    expect(Math.abs(dropped.transform.x - (160 + 80 - 32))).toBeLessThanOrEqual(
      1,
    );
    expect(Math.abs(dropped.transform.y - (120 - 40 - 24))).toBeLessThanOrEqual(
      1,
    );

    // In the panel, above the lowest layer.
    const two = await holdFiles(page, [{ ...small, name: "between.png" }]);
    await two.over(layers.last());
    await two.preview.getByText("Add above hills").waitFor();
    await session.screenshot("drop-above");
    await two.drop();
    await expect
      .poll(
        async () => (await documentNow()).layers.map(({ name }) => name),
        patience,
      )
      .toEqual(["hills", "between", "small"]);

    // A PSD, with its layers as a group.
    const figure = await holdFiles(page, [psd]);
    await figure.over(canvas);
    await figure.drop();
    await expect
      .poll(async () => (await documentNow()).layers.length, patience)
      .toBe(4);
    const group = (await documentNow()).layers.find(
      ({ name }) => name === "figure",
    );
    expect(group).toMatchObject({
      kind: "group",
      blendMode: "normal",
      layers: [
        { name: "paper" },
        {
          kind: "group",
          name: "figure",
          layers: [{ name: "ink", blendMode: "multiply" }],
        },
        // What the file shows as its merged picture, which is none here.
        { name: "As it looked", visible: false },
      ],
    });
    expect((await session.app.history()).now).toBe("Add figure");

    // Out: what another program would fetch is what the picture looks like.
    const download = await page.getByTestId("drag-out").evaluate((element) => {
      const dataTransfer = new DataTransfer();
      element.dispatchEvent(
        new DragEvent("dragstart", { dataTransfer, bubbles: true }),
      );
      return dataTransfer.getData("DownloadURL");
    });
    const [, type, name, address] =
      /^([^:]*):([^:]*):(.*)$/.exec(download) ?? [];
    expect([type, name]).toEqual(["image/png", "hills.png"]);
    const base64 = await page.evaluate(async (url) => {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
    }, address!);
    const { bytes } = await client.call("exportProject", {
      projectId,
      format: "png",
    });
    expect(await difference(Buffer.from(base64, "base64"), bytes)).toBe(0);
    client.close();
  });
});
