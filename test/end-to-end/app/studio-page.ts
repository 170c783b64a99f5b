import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { fileTransfer, type NamedFile } from "./file-transfer.ts";

/** One of the styles that Fude comes with. */
export const bundledStyle = "Woodblock";

/** The page as an artist handles it: by its words and names, never by its insides. */
export interface StudioPage {
  readonly page: Page;
  readonly canvas: Locator;
  readonly style: (name: string) => Locator;
  readonly layers: Locator;
  readonly notices: Locator;
  /** Goes to a room by the title bar. */
  enter(room: "Projects" | "Canvas" | "Train"): Promise<void>;
  /** Chooses files in the system's dialog, which "Open pictures…" opens. */
  openPictures(files: NamedFile[]): Promise<void>;
  /** Drops files from outside onto the middle of the window, or onto a part of it. */
  drop(files: NamedFile[], onto?: string): Promise<void>;
  /** What Konva's canvas holds, as a PNG: what the artist sees, without what lies over it. */
  painted(): Promise<Buffer>;
  /** Waits until the canvas shows something that fits. */
  untilPainted(fits: (png: Buffer) => Promise<boolean>): Promise<Buffer>;
  /** Moves a slider by the keyboard, one step a key. */
  nudge(label: string, key: "Home" | "End" | "ArrowLeft"): Promise<void>;
  sliderValue(label: string): Promise<string | null>;
  /** Names of the history's steps, oldest first, and which of them is the present. */
  history(): Promise<{ steps: string[]; now: string | null }>;
  /** Exports by the menu and takes the file. */
  exported(format: string): Promise<{ name: string; bytes: Buffer }>;
}

export function studioPage(page: Page): StudioPage {
  const canvas = page.getByTestId("canvas");
  const painted = async () => {
    const url = await canvas
      .locator("canvas")
      .first()
      .evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  };
  const slider = (label: string) => page.getByRole("slider", { name: label });
  return {
    page,
    canvas,
    style: (name) => page.getByRole("option", { name, exact: true }),
    layers: page.getByTestId("layer"),
    notices: page.getByTestId("notice"),
    async enter(room) {
      await page
        .getByRole("navigation", { name: "Rooms" })
        .getByRole("button", { name: room })
        .click();
    },
    async openPictures(files) {
      const chooser = page.waitForEvent("filechooser");
      await page.keyboard.press("ControlOrMeta+o");
      await (await chooser).setFiles(files);
    },
    async drop(files, onto = "body") {
      const transfer = await fileTransfer(page, files);
      for (const type of ["dragenter", "dragover", "drop"]) {
        await page.dispatchEvent(onto, type, { dataTransfer: transfer });
      }
    },
    painted,
    async untilPainted(fits) {
      let last = await painted();
      await expect
        .poll(
          async () => {
            last = await painted();
            return fits(last);
          },
          { timeout: 120_000, interval: 100 },
        )
        .toBe(true);
      return last;
    },
    async nudge(label, key) {
      await slider(label).focus();
      await page.keyboard.press(key);
    },
    sliderValue: (label) => slider(label).getAttribute("aria-valuetext"),
    async history() {
      await page.getByRole("tab", { name: "History" }).click();
      const list = page.getByTestId("history");
      const steps = await list.getByRole("button").allInnerTexts();
      const now = await list.locator("[aria-current=step]").textContent();
      await page.getByRole("tab", { name: "Layers" }).click();
      return { steps, now };
    },
    async exported(format) {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByTestId(`export-${format}`).click();
      const file = await download;
      return {
        name: file.suggestedFilename(),
        bytes: await readFile(await file.path()),
      };
    },
  };
}
