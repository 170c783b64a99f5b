import type { Locator, Page } from "playwright-core";

/** The layers panel as an artist handles it. */
export interface LayersPanel {
  /** A layer's row. */
  row(name: string): Locator;
  /** Names as they are listed, the top one first, each level of groups two spaces in. */
  listed(): Promise<string[]>;
  /** Names of the selected layers, as they are listed. */
  selected(): Promise<string[]>;
  /** Takes hold of a layer and goes to a part of another row, without letting go. */
  drag(
    name: string,
    onto: string,
    where: { share: number; left?: number },
  ): Promise<void>;
  /** Chooses from the menu that a right click opens. */
  choose(name: string, command: string): Promise<void>;
}

export function layersPanel(page: Page): LayersPanel {
  const rows = page.getByTestId("layer");
  const row = (name: string) =>
    page.getByRole("treeitem", { name, exact: true });
  return {
    row,
    listed: () =>
      rows.evaluateAll((all) =>
        all.map(
          (each) =>
            "  ".repeat(Number(each.getAttribute("aria-level")) - 1) +
            each.getAttribute("aria-label"),
        ),
      ),
    selected: () =>
      rows.evaluateAll((all) =>
        all
          .filter((each) => each.getAttribute("aria-selected") === "true")
          .map((each) => each.getAttribute("aria-label") ?? ""),
      ),
    async drag(name, onto, { share, left = 0.5 }) {
      const from = await boxOf(row(name));
      const to = await boxOf(row(onto));
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + to.width * left, to.y + to.height * share, {
        steps: 6,
      });
    },
    async choose(name, command) {
      await row(name).click({ button: "right" });
      await page.getByRole("menuitem", { name: command }).click();
    },
  };
}

async function boxOf(row: Locator) {
  const box = await row.boundingBox();
  if (!box) throw new Error("The row is not on the screen.");
  return box;
}
