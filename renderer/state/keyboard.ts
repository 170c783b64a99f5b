import type { Action } from "./actions/action.ts";
import { actions } from "./actions/actions.ts";
import { type KeyPress, matches } from "./actions/shortcut.ts";
import type { Workspace } from "./workspace.ts";

export const onMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether keys mean text here, or belong to the control that has the focus. */
function takesKeys(target: EventTarget | null, press: KeyPress): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select"))
    return true;
  if (target.matches("input:not([type=range]):not([type=checkbox])"))
    return true;
  if (target.closest("[role=menu], [role=dialog], [role=alertdialog]"))
    return true;
  // Space presses a button that was reached by Tab, unless the pointer is over the canvas and means to pan.
  return (
    press.key === " " &&
    document.querySelector("[data-stage]:hover") === null &&
    target.matches("button:focus-visible, [role=slider], [role=option]")
  );
}

/** Performs actions as their keys go down, and releases held ones as they come up. @returns a function that stops */
export function listenToKeys(workspace: Workspace): () => void {
  const held = new Map<string, Action>();

  const onDown = (event: KeyboardEvent) => {
    // What a control has made use of, such as a slider of an arrow key, is done.
    if (
      event.defaultPrevented ||
      event.isComposing ||
      takesKeys(event.target, event)
    )
      return;
    const action = actions.find((candidate) =>
      candidate.shortcuts?.some((shortcut) => matches(shortcut, event, onMac)),
    );
    if (!action || action.byEvent) return;
    event.preventDefault();
    if (event.repeat && action.release) return;
    if (action.applies && !action.applies(workspace.store.getState())) return;
    action.perform(workspace);
    if (action.release) held.set(event.code, action);
  };
  const release = (code: string) => {
    held.get(code)?.release?.(workspace);
    held.delete(code);
  };
  const onUp = (event: KeyboardEvent) => release(event.code);
  // A key that comes up over another window is not heard of here.
  const onBlur = () => {
    for (const code of [...held.keys()]) release(code);
  };

  window.addEventListener("keydown", onDown);
  window.addEventListener("keyup", onUp);
  window.addEventListener("blur", onBlur);
  return () => {
    window.removeEventListener("keydown", onDown);
    window.removeEventListener("keyup", onUp);
    window.removeEventListener("blur", onBlur);
  };
}
