import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  identityTransform,
  type StyledLayer,
} from "../../common/document/document.ts";
import { chromiumPath } from "./app/chromium.ts";
import { type CompareView, compareView } from "./app/compare-view.ts";
import { pngFile } from "./app/pictures.ts";
import { studioSession } from "./app/studio-session.ts";

const width = 800;
const height = 600;
const flat = (background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

const colours = {
  grey: [128, 128, 128],
  red: [220, 40, 40],
  blue: [40, 60, 220],
} as const;
type Colour = keyof typeof colours;
const css = (colour: Colour) => `rgb(${colours[colour].join(",")})`;

/** How long to wait for what is to come; the machine may be busy with other things. */
const patience = { timeout: 60_000 };

describe.skipIf(chromiumPath === null)("comparing", () => {
  const session = studioSession();

  /** A grey picture with two styled layers over it whose results are red and, above, blue. */
  async function openStyled(): Promise<CompareView> {
    await session.app.drop([pngFile("photo.png", await flat(css("grey")))]);
    await session.app.canvas.waitFor();
    const client = await session.beside();
    const [summary] = await client.call("listProjects", {});
    let project = await client.call("openProject", { projectId: summary!.id });
    const [photo] = project.document.layers;
    if (photo?.kind !== "picture") throw new Error("no picture");
    for (const colour of ["red", "blue"] as const) {
      const { hash } = await client.call("importPicture", {
        name: `${colour}.png`,
        bytes: new Uint8Array(await flat(css(colour))),
      });
      const style = { model: colour, brushSize: 1 };
      const layer: StyledLayer = {
        kind: "styled",
        id: colour,
        name: colour,
        visible: true,
        locked: false,
        opacity: 1,
        mask: null,
        blendMode: "normal",
        transform: identityTransform,
        source: photo.asset,
        style,
        strength: 1,
        colourKeeping: 0,
        result: { asset: hash, style },
      };
      project = await client.call("applyOperations", {
        projectId: project.id,
        revision: project.revision,
        label: `Style: ${colour}`,
        operations: [
          {
            kind: "addLayer",
            layer,
            at: { parent: null, index: project.document.layers.length },
          },
        ],
      });
    }
    client.close();
    await session.app.layers.nth(2).waitFor();
    const view = compareView(session.app.page);
    await shows(view, 0.5, 0.5, "blue");
    return view;
  }

  async function shows(
    view: CompareView,
    x: number,
    y: number,
    colour: Colour,
    on?: Parameters<CompareView["colourAt"]>[2],
  ): Promise<void> {
    await expect
      .poll(() => view.colourAt(x, y, on), {
        timeout: 60_000,
        message: `${colour} at ${x}, ${y}`,
      })
      .toEqual(colours[colour]);
  }

  test("split both ways, side by side, with a lens; any two of what there is; undo knows nothing of it", async () => {
    const view = await openStyled();
    const { page } = session.app;
    const { keyboard } = page;

    // Left and right; the divider goes by key and by hand.
    await keyboard.press("y");
    await shows(view, 0.4, 0.5, "grey");
    await shows(view, 0.6, 0.5, "blue");
    await session.screenshot("compare-columns");
    await view.divider.press("Home");
    await shows(view, 0.4, 0.5, "blue");
    await view.divider.press("End");
    await shows(view, 0.6, 0.5, "grey");
    await view.divider.press("PageUp");
    expect(await view.divider.getAttribute("aria-valuenow")).toBe("80");
    const box = (await view.divider.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x - 200, box.y + 200, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(() => view.divider.getAttribute("aria-valuenow"), patience)
      .not.toBe("80");

    // Above and below.
    await view.divider.press("Home");
    await view.divider.press("End");
    await view.divider.press("PageUp");
    await view.by("Split above and below");
    await shows(view, 0.5, 0.3, "grey");
    await shows(view, 0.5, 0.8, "blue");

    // Any two: a styled layer that another covers, and the picture after an earlier step.
    expect(await view.offered("First")).toEqual([
      "Original",
      "Result",
      "blue",
      "red",
      "Style: red",
      "Opened",
    ]);
    await view.choose("First", "red");
    await shows(view, 0.5, 0.3, "red");
    await session.screenshot("compare-rows");
    await keyboard.press("Shift+x");
    await shows(view, 0.5, 0.3, "blue");
    await shows(view, 0.5, 0.8, "red");
    await view.choose("First", "Opened");
    await shows(view, 0.5, 0.3, "grey");
    await view.choose("First", "Original");
    await view.choose("Second", "Style: red");
    await shows(view, 0.5, 0.8, "red");

    // Side by side: a hand on either picture moves both.
    await view.choose("Second", "Result");
    await view.by("Side by side");
    await shows(view, 0.5, 0.5, "grey", view.beside);
    await shows(view, 0.5, 0.5, "blue");
    const both = async () => [
      await view.colourAt(0.3, 0.5, view.beside),
      await view.colourAt(0.3, 0.5),
    ];
    expect(await both()).toEqual([colours.grey, colours.blue]);
    await session.screenshot("compare-beside");
    const pane = (await view.beside.boundingBox())!;
    await page.mouse.move(pane.x + pane.width / 4, pane.y + pane.height / 2);
    await page.mouse.down();
    await page.mouse.move(pane.x + pane.width, pane.y + pane.height / 2, {
      steps: 5,
    });
    await page.mouse.up();
    await expect
      .poll(
        async () => (await both()).map(([red]) => red === 128 || red === 40),
        patience,
      )
      .toEqual([false, false]);
    const zoom = await page.getByTestId("zoom").textContent();
    await page.mouse.move(pane.x + pane.width * 0.9, pane.y + pane.height / 2);
    await keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await keyboard.up("Control");
    await expect
      .poll(() => page.getByTestId("zoom").textContent(), patience)
      .not.toBe(zoom);
    await keyboard.press("ControlOrMeta+0");

    // The lens follows the pointer, and the arrow keys.
    await view.by("Lens");
    const stage = (await session.app.canvas.boundingBox())!;
    await page.mouse.move(
      stage.x + stage.width / 2,
      stage.y + stage.height / 2,
    );
    await shows(view, 0.5, 0.5, "grey");
    await shows(view, 0.2, 0.5, "blue");
    await session.screenshot("compare-lens");
    const before = await view.lens.getAttribute("aria-label");
    for (let press = 0; press < 8; press++) await view.lens.press("ArrowLeft");
    await shows(view, 0.5, 0.5, "blue");
    expect(await view.lens.getAttribute("aria-label")).not.toBe(before);

    // The original for as long as the key is down.
    await keyboard.down("\\");
    await page.getByText("Original", { exact: true }).first().waitFor();
    await shows(view, 0.2, 0.5, "grey");
    await keyboard.up("\\");
    await shows(view, 0.5, 0.5, "blue");

    // None of it is a step.
    expect(await session.app.history()).toEqual({
      steps: ["Opened", "Style: red", "Style: blue"],
      now: "Style: blue",
    });
    await view.bar.getByRole("button", { name: "Stop comparing" }).click();
    await view.bar.waitFor({ state: "detached" });
    await shows(view, 0.5, 0.5, "blue");
  });

  test("looks right in the light theme and in a small window", async () => {
    const view = await openStyled();
    const { page } = session.app;
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("menuitem", { name: "Light theme" }).click();
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.keyboard.press("Shift+y");
    await page.keyboard.press("Shift+y");
    await view.divider.waitFor();
    await view.choose("First", "red");
    const bar = (await view.bar.boundingBox())!;
    const stage = (await session.app.canvas.boundingBox())!;
    expect(bar.x).toBeGreaterThanOrEqual(stage.x);
    expect(bar.x + bar.width).toBeLessThanOrEqual(stage.x + stage.width);
    await session.screenshot("compare-light");
  });
});
