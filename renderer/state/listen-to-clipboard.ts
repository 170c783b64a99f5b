import { onCanvas } from "./actions/action.ts";
import { copy, cut } from "./clipboard.ts";
import { attempt } from "./notices.ts";
import { paste } from "./pasting.ts";
import type { Workspace } from "./workspace.ts";

/** Whether the event is about text, which is the browser's to handle. */
function isAboutText({ target }: Event): boolean {
  if (target instanceof HTMLElement)
    if (target.isContentEditable || target.matches("input, textarea"))
      return true;
  return window.getSelection()?.isCollapsed === false;
}

/**
 * Copies, cuts and pastes as the browser's events say, however they were asked for: by key, by the system's menu, by a
 * gesture. Only within them may a page read the clipboard without asking.
 * @returns a function that stops
 */
export function listenToClipboard(workspace: Workspace): () => void {
  const perform =
    (work: (workspace: Workspace) => Promise<void>) =>
    (event: ClipboardEvent) => {
      if (isAboutText(event) || !onCanvas(workspace.store.getState())) return;
      event.preventDefault();
      work(workspace);
    };
  const onCopy = perform(copy);
  const onCut = perform(cut);
  const onPaste = (event: ClipboardEvent) => {
    const { clipboardData } = event;
    if (!clipboardData || isAboutText(event)) return;
    const pasted = {
      files: [...clipboardData.files],
      html: clipboardData.getData("text/html"),
    };
    if (pasted.files.length === 0 && pasted.html === "") return;
    event.preventDefault();
    attempt(workspace, () => paste(workspace, pasted));
  };
  window.addEventListener("copy", onCopy);
  window.addEventListener("cut", onCut);
  window.addEventListener("paste", onPaste);
  return () => {
    window.removeEventListener("copy", onCopy);
    window.removeEventListener("cut", onCut);
    window.removeEventListener("paste", onPaste);
  };
}
