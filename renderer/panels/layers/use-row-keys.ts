import {
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
} from "react";
import { fold } from "../../state/folding.ts";
import type { Row } from "../../state/layer-rows.ts";
import {
  select,
  selectTo,
  toggleSelected,
} from "../../state/layer-selection.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import { rowElement } from "./row-element.ts";

/** Keys while a row has the focus: arrows go along the list and fold, with Shift they select more. */
export function useRowKeys(
  list: RefObject<HTMLElement | null>,
  rows: readonly Row[],
): (event: KeyboardEvent) => void {
  const workspace = useWorkspace();
  useKeptFocus(list, rows);
  const goTo = (row: Row | undefined, extend: boolean) => {
    if (!row) return;
    const { id } = row.layer;
    if (extend)
      selectTo(
        workspace,
        id,
        rows.map(({ layer }) => layer.id),
      );
    else select(workspace, id);
    rowElement(list.current, id)?.focus();
  };
  return (event) => {
    const at = rows.findIndex(
      ({ layer }) => rowElement(list.current, layer.id) === event.target,
    );
    const row = rows[at];
    if (!row || event.altKey) return;
    const moves = keyMoves[event.key];
    const mod = event.ctrlKey || event.metaKey;
    if (moves && !mod) goTo(moves(rows, at), event.shiftKey);
    else if (event.key === " " && mod) toggleSelected(workspace, row.layer.id);
    else if (event.key === "ArrowLeft" && !mod) {
      if (row.layer.kind === "group" && !row.folded)
        fold(workspace, row.layer.id, true);
      else
        goTo(
          rows.find(({ layer }) => layer.id === row.parent),
          false,
        );
    } else if (event.key === "ArrowRight" && !mod) {
      if (row.folded) fold(workspace, row.layer.id, false);
      else if (row.layer.kind === "group") goTo(rows[at + 1], false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const keyMoves: Record<
  string,
  (rows: readonly Row[], at: number) => Row | undefined
> = {
  ArrowUp: (rows, at) => rows[at - 1],
  ArrowDown: (rows, at) => rows[at + 1],
  Home: (rows) => rows[0],
  End: (rows) => rows.at(-1),
};

/** A row that moves or goes takes the focus with it: then the selected one gets it. */
function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  rows: readonly Row[],
): void {
  const { store } = useWorkspace();
  const inside = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is for when the rows change
  useLayoutEffect(() => {
    const { selection } = store.getState();
    if (inside.current && document.activeElement === document.body && selection)
      rowElement(list.current, selection)?.focus();
  }, [rows, list, store]);
  useLayoutEffect(() => {
    const note = () => {
      const { activeElement } = document;
      if (activeElement !== document.body)
        inside.current = list.current?.contains(activeElement) ?? false;
    };
    const leave = () => {
      inside.current = false;
    };
    document.addEventListener("focusin", note);
    document.addEventListener("pointerdown", leave);
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", leave);
    };
  }, [list]);
}
