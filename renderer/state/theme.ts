import type { Theme } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

const key = "fude.theme";

/**
 * A browser keeps `localStorage` by port, which is another one at each start, but cookies by host. Under Electron's own
 * scheme there are no cookies, and `localStorage` lasts.
 */
const cookie = "fude_theme";
const year = 31_536_000;

/** The theme that was chosen last on this machine; dark at first, so that colour is judged against grey. */
export function storedTheme(): Theme {
  const stored =
    new RegExp(`(?:^|; )${cookie}=(\\w+)`).exec(document.cookie)?.[1] ??
    localStorage.getItem(key);
  return stored === "light" ? "light" : "dark";
}

export function setTheme(workspace: Workspace, theme: Theme): void {
  localStorage.setItem(key, theme);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store answers later, and the theme is needed before the first paint
  document.cookie = `${cookie}=${theme}; max-age=${year}; path=/; samesite=strict`;
  // First, so that whatever draws with the theme's colours finds the new ones.
  document.documentElement.dataset.theme = theme;
  workspace.store.setState({ theme });
}
