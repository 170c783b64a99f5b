import type { Theme } from "./page-state.ts";
import type { Workspace } from "./workspace.ts";

const key = "fude.theme";

/** The theme that was chosen last on this machine; dark at first, so that colour is judged against grey. */
export function storedTheme(): Theme {
  return localStorage.getItem(key) === "light" ? "light" : "dark";
}

export function setTheme(workspace: Workspace, theme: Theme): void {
  localStorage.setItem(key, theme);
  workspace.store.setState({ theme });
}
