import type { Locator, Page } from "playwright-core";

/** The start page, as an artist handles it. */
export interface ProjectsView {
  readonly search: Locator;
  /** The picture of a project, which opens it. */
  card(name: string): Locator;
  /** Names of the projects that are shown, in their order. */
  names(): Promise<string[]>;
  /** Which project has the focus. */
  focused(): Promise<string | null>;
  /** Chooses from what else can be done with a project. */
  choose(project: string, words: string): Promise<void>;
}

export function projectsView(page: Page): ProjectsView {
  return {
    search: page.getByRole("searchbox", { name: "Search projects" }),
    card: (name) =>
      page.getByRole("button", { name: `Open ${name}`, exact: true }),
    names: () =>
      page
        .locator("main [data-grid-stop]")
        .evaluateAll((cards) =>
          cards.map((card) =>
            (card.getAttribute("aria-label") ?? "").replace(
              /^(Open|Restore) /,
              "",
            ),
          ),
        ),
    focused: () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? null,
      ),
    async choose(project, words) {
      await page
        .getByRole("button", { name: `More about ${project}`, exact: true })
        .click();
      await page.getByRole("menuitem", { name: words, exact: true }).click();
    },
  };
}
