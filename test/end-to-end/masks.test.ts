import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Document, Mask } from "../../common/document/document.ts";
import { chromiumPath } from "./app/chromium.ts";
import { difference, pngFile } from "./app/pictures.ts";
import { openPsd } from "./app/psd.ts";
import { studioSession } from "./app/studio-session.ts";

const size = { width: 640, height: 480 };

/** Left half red, right half blue. */
function halves(): Promise<Buffer> {
  return sharp({ create: { ...size, channels: 3, background: "#c03020" } })
    .composite([
      {
        input: {
          create: {
            width: size.width / 2,
            height: size.height,
            channels: 3,
            background: "#2040c0",
          },
        },
        left: size.width / 2,
        top: 0,
      },
    ])
    .png()
    .toBuffer();
}

const maskIn = (document: Document): Mask | null =>
  document.layers.at(-1)?.mask ?? null;

describe.skipIf(chromiumPath === null)("masks", () => {
  const session = studioSession();

  /** Where a point of the document lies in the window; the picture is shown at its own size. */
  async function place(x: number, y: number): Promise<[number, number]> {
    const box = await session.app.canvas.boundingBox();
    if (!box) throw new Error("There is no canvas.");
    const zoom = Number.parseFloat(
      await session.app.page.getByTestId("zoom").innerText(),
    );
    const scale = zoom / 100;
    return [
      box.x + (box.width - size.width * scale) / 2 + x * scale,
      box.y + (box.height - size.height * scale) / 2 + y * scale,
    ];
  }

  async function drag(...points: [number, number][]): Promise<void> {
    const { mouse } = session.app.page;
    const [first, ...rest] = points;
    await mouse.move(...(await place(...first!)));
    await mouse.down();
    for (const point of rest)
      await mouse.move(...(await place(...point)), { steps: 12 });
    await mouse.up();
  }

  /** Alpha of one pixel of what is exported. */
  async function exportedAlpha(...points: [number, number][]) {
    const { bytes } = await session.app.exported("png");
    const { data } = await sharp(bytes)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return points.map(([x, y]) => data[(y * size.width + x) * 4 + 3]);
  }

  test("an erased part stays erased across undo, redo and a restart, and leaves with the picture", async () => {
    const { app } = session;
    await app.drop([pngFile("halves.png", await halves())]);
    await app.canvas.waitFor();
    const whole = await app.untilPainted(
      async (now) => (await difference(now, await app.painted())) < 0.01,
    );
    const client = await session.beside();

    await app.page.keyboard.press("e");
    await app.page.getByText("hidden where you paint").waitFor();
    const stored = client.next("projectChanged", ({ document }) =>
      Boolean(maskIn(document)?.asset),
    );
    await drag([100, 240], [540, 240]);
    await session.screenshot("masks-1-erased");
    const { id: projectId, document } = await stored;
    expect(maskIn(document)).toMatchObject({ outside: 1, enabled: true });
    await session.app.page.getByTestId("mask").waitFor();
    const erased = await app.painted();
    expect(await difference(whole, erased)).toBeGreaterThan(1);

    await app.page.keyboard.press("ControlOrMeta+z");
    await app.untilPainted(async (now) => (await difference(whole, now)) < 0.1);
    expect(await app.page.getByTestId("mask").count()).toBe(0);
    await app.page.keyboard.press("ControlOrMeta+Shift+z");
    await app.untilPainted(
      async (now) => (await difference(erased, now)) < 0.1,
    );
    expect((await app.history()).steps).toEqual([
      "Opened",
      "Erase mask of halves",
    ]);

    // Escape takes a stroke back while it is being made.
    const { mouse } = app.page;
    await mouse.move(...(await place(320, 60)));
    await mouse.down();
    await mouse.move(...(await place(320, 400)), { steps: 8 });
    await app.untilPainted(
      async (now) => (await difference(erased, now)) > 0.3,
    );
    await app.page.keyboard.press("Escape");
    await mouse.up();
    await app.untilPainted(
      async (now) => (await difference(erased, now)) < 0.1,
    );

    expect(await exportedAlpha([320, 240], [320, 30], [600, 460])).toEqual([
      0, 255, 255,
    ]);
    const psd = openPsd((await app.exported("psd")).bytes);
    expect(psd.children?.[0]?.mask).toMatchObject({ defaultColor: 255 });

    await session.restart();
    await session.app.enter("Projects");
    await session.app.page.getByRole("button", { name: "Open halves" }).click();
    await session.app.canvas.waitFor();
    await session.app.untilPainted(
      async (now) => (await difference(erased, now)) < 0.1,
    );
    const again = await session.beside();
    const kept = await again.call("openProject", { projectId });
    expect(maskIn(kept.document)).toEqual(maskIn(document));

    // And it can still be painted on.
    await session.app.page.keyboard.press("b");
    await drag([100, 240], [540, 240]);
    await session.app.untilPainted(
      async (now) => (await difference(whole, now)) < 0.3,
    );
  });

  test("what the wand finds becomes a mask", async () => {
    const { app } = session;
    await app.drop([pngFile("halves.png", await halves())]);
    await app.canvas.waitFor();
    await app.page.keyboard.press("w");
    await app.page.mouse.click(...(await place(500, 100)));
    await app.page.getByTestId("selection").waitFor();
    await session.screenshot("masks-2-wand");

    // A rectangle taken from it.
    await app.page.keyboard.press("m");
    await app.page.keyboard.down("Alt");
    await drag([400, 200], [520, 300]);
    await app.page.keyboard.up("Alt");
    await session.screenshot("masks-3-subtracted");
    const client = await session.beside();
    const stored = client.next("projectChanged", ({ document }) =>
      Boolean(maskIn(document)?.asset),
    );
    await app.page.keyboard.press("ControlOrMeta+Shift+m");
    await stored;
    expect(
      await exportedAlpha([100, 100], [500, 100], [460, 250], [600, 400]),
    ).toEqual([0, 255, 0, 255]);

    await app.page.keyboard.press("q");
    await session.screenshot("masks-4-overlay");
    await app.page.keyboard.press("q");
    await app.page.keyboard.press("ControlOrMeta+i");
    expect(await exportedAlpha([100, 100], [500, 100], [460, 250])).toEqual([
      255, 0, 255,
    ]);
    expect((await app.history()).steps).toEqual([
      "Opened",
      "Mask from selection on halves",
      "Invert mask of halves",
    ]);

    // A gradient in its place, from left to right.
    await app.page.keyboard.press("g");
    await drag([100, 240], [540, 240]);
    await session.screenshot("masks-5-gradient");
    const [left, middle, right] = await exportedAlpha(
      [60, 100],
      [320, 100],
      [600, 100],
    );
    expect([left, right]).toEqual([255, 0]);
    expect(Math.abs(middle! - 128)).toBeLessThan(4);
  });

  test("a pen that presses lightly paints a thin line", async () => {
    const { app } = session;
    await app.drop([pngFile("halves.png", await halves())]);
    await app.canvas.waitFor();
    await app.page.keyboard.press("e");
    const pen = await app.page.context().newCDPSession(app.page);
    const line = async (y: number, force: number) => {
      const client = await session.beside();
      const stored = client.next("projectChanged");
      for (const [index, x] of [100, 200, 300, 400, 500].entries()) {
        const [left, top] = await place(x, y);
        await pen.send("Input.dispatchMouseEvent", {
          type: index === 0 ? "mousePressed" : "mouseMoved",
          x: left,
          y: top,
          button: "left",
          buttons: 1,
          pointerType: "pen",
          force,
        });
      }
      const [left, top] = await place(500, y);
      await pen.send("Input.dispatchMouseEvent", {
        type: "mouseReleased",
        x: left,
        y: top,
        button: "left",
        pointerType: "pen",
      });
      await stored;
      client.close();
    };
    await line(120, 1);
    await line(360, 0.25);
    expect(
      await exportedAlpha([300, 120], [300, 140], [300, 360], [300, 380]),
    ).toEqual([0, 0, 0, 255]);
  });
});
