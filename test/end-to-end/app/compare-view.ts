import type { Locator, Page } from "playwright-core";
import sharp from "sharp";

type Colour = [red: number, green: number, blue: number];

/** Comparing, as an artist handles it. */
export interface CompareView {
  readonly bar: Locator;
  readonly divider: Locator;
  readonly lens: Locator;
  /** The picture to the left, side by side. */
  readonly beside: Locator;
  /** Presses a way to compare in the bar. */
  by(way: string): Promise<void>;
  /** Chooses what a side shows by its words in the menu. */
  choose(side: "First" | "Second", words: string): Promise<void>;
  /** What the menu of a side offers. */
  offered(side: "First" | "Second"): Promise<string[]>;
  /** The colour at a share of the width and height of what Konva painted on the canvas, or on the picture beside it. */
  colourAt(x: number, y: number, on?: Locator): Promise<Colour>;
}

export function compareView(page: Page): CompareView {
  const bar = page.getByRole("toolbar", { name: "Compare" });
  const trigger = (side: string) =>
    bar.getByRole("button", { name: `${side} of the two` });
  const canvas = page.getByTestId("canvas");
  return {
    bar,
    divider: page.getByRole("slider", { name: /^Divider/ }),
    lens: page.getByRole("button", { name: /^Lens on/ }),
    beside: page.getByTestId("beside"),
    by: (way) => bar.getByRole("button", { name: way, exact: true }).click(),
    async choose(side, words) {
      await trigger(side).click();
      await page
        .getByRole("menuitemradio", { name: words, exact: true })
        .click();
    },
    async offered(side) {
      await trigger(side).click();
      await page.getByRole("menuitemradio", { name: "Opened" }).waitFor();
      const words = await page.getByRole("menuitemradio").allTextContents();
      await page.keyboard.press("Escape");
      return words;
    },
    async colourAt(x, y, on = canvas) {
      const url = await on
        .locator("canvas")
        .first()
        .evaluate((element) => (element as HTMLCanvasElement).toDataURL());
      const png = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
      const { data, info } = await sharp(png)
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const column = Math.floor(x * info.width);
      const row = Math.floor(y * info.height);
      const at = 3 * (row * info.width + column);
      return [data[at]!, data[at + 1]!, data[at + 2]!];
    },
  };
}
