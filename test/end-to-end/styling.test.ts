import { describe, expect, test } from "vitest";
import type { ProjectState } from "../../common/contract/studio.ts";
import type { StyledLayer } from "../../common/document/document.ts";
import { isCurrent } from "../../common/document/style-key.ts";
import { chromiumPath } from "./app/chromium.ts";
import {
  difference,
  isColourful,
  landscape,
  night,
  pngFile,
} from "./app/pictures.ts";
import { bundledStyle } from "./app/studio-page.ts";
import { studioSession } from "./app/studio-session.ts";
import { overhearPreviews, styleDials } from "./app/style-dials.ts";

const styledIn = ({ document }: ProjectState): StyledLayer => {
  const layer = document.layers.find(({ kind }) => kind === "styled");
  if (layer?.kind !== "styled") throw new Error("There is no styled layer.");
  return layer;
};

const patient = { timeout: 60_000 };

/** The layer's result is there, for the style that fits. */
const madeFor = (fits: (layer: StyledLayer) => boolean) => (to: ProjectState) =>
  to.document.layers.some(
    (layer) => layer.kind === "styled" && isCurrent(layer) && fits(layer),
  );

describe.skipIf(chromiumPath === null)("a styled layer", () => {
  const session = studioSession();

  /** A picture in the bundled style, its result there and on the canvas. */
  async function styledPicture(width: number, height: number) {
    const { app } = session;
    const dials = styleDials(app.page);
    const client = await session.beside();
    await app.openPictures([
      pngFile("hills.png", await landscape(width, height)),
    ]);
    await app.canvas.waitFor();
    const before = await app.untilPainted(isColourful);
    const made = client.next(
      "projectChanged",
      madeFor(() => true),
    );
    await app.style(bundledStyle).click();
    const project = await made;
    const styled = await app.untilPainted(
      async (now) => (await difference(before, now)) > 1,
    );
    return { app, dials, client, project, before, styled };
  }

  test("mixes up to four styles on the pad, by mouse and by keyboard, a step each", async () => {
    const { app, dials, client, styled } = await styledPicture(640, 480);
    const { page } = app;

    // Corners: chosen by thumbnail, and by a picture that is dropped there.
    await dials.choose(1, "Oil");
    expect(await dials.shares()).toBe("Woodblock 50 %, Oil 50 %");
    await dials.choose(2, "Comic");
    expect(await dials.shares()).toBe("Woodblock 33 %, Oil 33 %, Comic 33 %");
    const given = client.next(
      "projectChanged",
      (to) => styledIn(to).style.mix?.length === 3,
    );
    await app.drop(
      [pngFile("night.png", await night())],
      '[data-testid="pad-corner-3"]',
    );
    const { history } = await given;
    expect(await dials.shares()).toMatch(/^Woodblock 25 %, .* night 25 %$/);
    const mixed = await app.untilPainted(
      async (now) => (await difference(styled, now)) > 1,
    );
    await session.screenshot("styling-1-mixed");

    // The mouse: live while it drags, one step when it lets go.
    await dials.holdPad(0.2, 0.9);
    expect(await dials.shares()).toMatch(/Comic (8|9)\d %/);
    await app.untilPainted(async (now) => (await difference(mixed, now)) > 0.5);
    expect(
      (await client.call("openProject", { projectId: (await given).id }))
        .history.position,
    ).toBe(history.position);
    const dropped = client.next(
      "projectChanged",
      madeFor(({ style }) => (style.mix?.[1]?.share ?? 0) > 0.8),
    );
    await page.mouse.up();
    const comic = await dropped;
    expect(comic.history.position).toBe(history.position + 1);
    expect(comic.history.entries.at(-1)?.label).toMatch(
      /^Mix: Woodblock \d+ %, Oil \d+ %, Comic \d+ %, night \d+ %$/,
    );

    // The keyboard: a key is a step, however long it is held.
    await dials.puck.focus();
    for (let repeat = 0; repeat < 4; repeat++)
      await page.keyboard.down("ArrowRight");
    await page.keyboard.up("ArrowRight");
    await page.keyboard.press("Shift+ArrowUp");
    const [, right, below] = /Oil (\d+) %, Comic (\d+) %/.exec(
      (await dials.shares()) ?? "",
    )!;
    expect(Number(right)).toBeGreaterThan(0);
    expect(Number(below)).toBeLessThan(80);
    const { steps, now } = await app.history();
    expect(steps).toHaveLength(1 + history.position + 3);
    expect(now).toMatch(/^Mix: /);

    // Undo is back where the mouse let go.
    const shares = await dials.shares();
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => dials.shares(), patient).not.toBe(shares);
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => dials.shares(), patient).toMatch(/Comic (8|9)\d %/);

    // A corner less, and the last one takes its place.
    await dials.clear(0);
    await expect
      .poll(() => dials.shares(), patient)
      .toMatch(/^night \d+ %, Oil/);
    expect(await dials.shares()).not.toContain("Woodblock");
    await app.layers.getByText("night + Oil + Comic").first().waitFor();
  });

  test("never shows a draft that is wanted no more, and ends it in the engine", async () => {
    const { page } = session.app;
    const previews = overhearPreviews(page);
    await page.reload();
    const { app, dials, client, styled, project } = await styledPicture(
      1280,
      960,
    );
    const { id: projectId } = project;
    // So many pixels that the engine is still at it when the hand changes its mind.
    const asked = previews.nextAsked();
    await dials.holdSlider("Depth", -60);
    await asked;
    const answer = previews.nextAnswered();
    // The drag is over and taken back before its draft can be there.
    await page.mouse.up();
    await page.keyboard.press("ControlOrMeta+z");
    const first = await answer;
    expect(["cancelled", "painted"]).toContain(first);
    await expect
      .poll(async () => {
        const { history } = await client.call("openProject", { projectId });
        return history.position;
      }, patient)
      .toBe(1);
    await app.untilPainted(
      async (now) => (await difference(styled, now)) < 0.1,
    );

    // On the pad Escape takes a drag back while its draft is being painted.
    await dials.choose(1, "Oil");
    await client.next(
      "projectChanged",
      madeFor(({ style }) => style.mix !== undefined),
    );
    const mixed = await app.untilPainted(
      async (now) => (await difference(styled, now)) > 0.5,
    );
    const shares = await dials.shares();
    const begun = previews.nextAsked();
    await dials.holdPad(0.9, 0.1);
    await begun;
    const ended = previews.nextAnswered();
    await page.keyboard.press("Escape");
    expect(await ended).toBe("cancelled");
    await page.mouse.up();
    expect(await dials.shares()).toBe(shares);
    // The engine is free again: what it had been asked for would have come before this.
    await client.call("previewStyle", {
      projectId,
      layerId: styledIn(project).id,
      style: { model: "oil", brushSize: 1 },
    });
    expect(await difference(mixed, await app.painted())).toBeLessThan(0.1);
    const { history } = await client.call("openProject", { projectId });
    expect(history.entries.at(-1)?.label).toBe("Mix in Oil");
  });

  test("shows a draft while a large picture is still being painted", async () => {
    const { app } = session;
    const previews = overhearPreviews(app.page);
    await app.page.reload();
    const dials = styleDials(app.page);
    const client = await session.beside();
    const running = client.next("jobChanged", ({ progress }) => {
      return progress !== null && progress > 0;
    });
    await app.drop([pngFile("hills.png", await landscape(3200, 2400))]);
    await app.canvas.waitFor();
    const before = await app.untilPainted(isColourful);
    const first = previews.nextAnswered();
    await app.style(bundledStyle).click();
    // The style itself shows at once as a draft.
    expect(await first).toBe("painted");
    const draft = await app.untilPainted(
      async (now) => (await difference(before, now)) > 1,
    );
    const { id } = await running;
    const painted = previews.nextAnswered();
    await dials.holdSlider("Depth", -80);
    expect(await painted).toBe("painted");
    const jobs = await client.call("listJobs", {});
    expect(jobs.find((job) => job.id === id)).toMatchObject({
      state: "running",
    });
    await app.untilPainted(async (now) => (await difference(draft, now)) > 0.5);
    await session.screenshot("styling-2-draft");
    const made = client.next(
      "projectChanged",
      madeFor(({ style }) => (style.depth ?? 1) < 1),
    );
    await app.page.mouse.up();
    const { history } = await made;
    expect(history.entries.map(({ label }) => label)).toEqual([
      `Style: ${bundledStyle}`,
      expect.stringMatching(/^Depth \d+ %$/),
    ]);
  });

  test("is confined by its mask, and keeps that and its place when style and picture change", async () => {
    const { app, client, styled } = await styledPicture(640, 480);
    const { page } = app;
    const confine = page.getByRole("checkbox", {
      name: "Style from inside the mask",
    });
    expect(await confine.isDisabled()).toBe(true);

    // A white mask counts the whole; what is erased from it counts no more.
    await page.keyboard.press("ControlOrMeta+Shift+m");
    await page.getByTestId("mask").waitFor();
    const whole = client.next(
      "projectChanged",
      madeFor(({ style }) => style.confined === true),
    );
    await confine.click();
    const first = styledIn(await whole).result;
    expect(first?.confinement).toMatchObject({ mask: { outside: 1 } });
    await page.keyboard.press("e");
    const erased = client.next(
      "projectChanged",
      madeFor(({ result }) => Boolean(result?.confinement?.mask.asset)),
    );
    const box = await app.canvas.boundingBox();
    const [x, y] = [box!.x + box!.width / 2, box!.y + box!.height / 2];
    await page.mouse.move(x, y - 160);
    await page.mouse.down();
    await page.mouse.move(x, y + 160, { steps: 8 });
    await page.mouse.up();
    const confined = await erased;
    const layer = styledIn(confined);
    expect(layer.result?.asset).not.toBe(first?.asset);
    await session.screenshot("styling-3-confined");

    // Another style, dropped on the layer's row.
    const restyled = client.next(
      "projectChanged",
      madeFor(({ style }) => style.model.startsWith("instant")),
    );
    await app.drop(
      [pngFile("night.png", await night())],
      '[data-testid="layer"][data-kind="styled"]',
    );
    const another = styledIn(await restyled);
    expect(another).toMatchObject({
      id: layer.id,
      name: "night",
      mask: layer.mask,
      transform: layer.transform,
      style: { confined: true },
    });

    // Another picture under it, half as large, dropped on the one that is there.
    const moved = client.next(
      "projectChanged",
      madeFor(({ source }) => source !== layer.source),
    );
    await app.drop(
      [pngFile("dusk.png", await night())],
      '[data-testid="style-source"]',
    );
    const other = await moved;
    expect(styledIn(other)).toMatchObject({
      mask: layer.mask,
      style: another.style,
      transform: { x: 0, y: 0, scaleX: 1.6, scaleY: 1.6, rotation: 0 },
    });
    expect(other.history.entries.slice(-2).map(({ label }) => label)).toEqual([
      "Style: night",
      "Picture: dusk.png",
    ]);
    const now = async () =>
      styledIn(await client.call("openProject", { projectId: confined.id }));
    await page.keyboard.press("ControlOrMeta+z");
    await expect
      .poll(async () => (await app.history()).now, patient)
      .toBe("Style: night");
    expect(await now()).toMatchObject({ source: layer.source });
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(now, patient).toMatchObject({ result: layer.result });
    await app.untilPainted(
      async (now) => (await difference(styled, now)) > 0.5,
    );
  });

  test("offers every style that mixes, in the light too", async () => {
    const { app, dials } = await styledPicture(640, 480);
    await dials.choose(1, "Oil");
    await dials.choose(2, "Line doodle");
    await dials.puck.focus();
    await app.page.getByRole("button", { name: "View" }).click();
    await app.page.getByRole("menuitem", { name: "Light theme" }).click();
    await app.page.getByTestId("pad-corner-0").click();
    const chooser = app.page.getByRole("dialog", { name: "Choose a style" });
    await chooser.waitFor();
    // All that mix, each by its name; Escape closes it and changes nothing.
    expect(await chooser.getByRole("button").count()).toBeGreaterThan(10);
    await session.screenshot("styling-4-light");
    await app.page.keyboard.press("Escape");
    await chooser.waitFor({ state: "detached" });
    expect(await dials.shares()).toBe(
      "Woodblock 33 %, Oil 33 %, Line doodle 33 %",
    );

    // In the smallest window styles and dials both have room.
    await app.page.setViewportSize({ width: 1024, height: 700 });
    const panel = await app.page.getByTestId("style-panel").boundingBox();
    const last = await app.page.getByTestId("style-source").boundingBox();
    expect(last!.y + last!.height).toBeLessThanOrEqual(
      panel!.y + panel!.height,
    );
    const first = await app.style("Woodblock").boundingBox();
    const pad = await app.page.getByTestId("style-pad").boundingBox();
    expect(first!.y + first!.height).toBeLessThanOrEqual(pad!.y);
    await session.screenshot("styling-5-small");
  });
});
