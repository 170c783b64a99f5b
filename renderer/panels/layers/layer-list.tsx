import {
  type CSSProperties,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from "react";
import type { Document } from "../../../common/document/document.ts";
import { matches } from "../../state/actions/shortcut.ts";
import { onMac } from "../../state/keyboard.ts";
import { rowsOf } from "../../state/layer-rows.ts";
import {
  select,
  selectEveryLayer,
  selectedIds,
  selectTo,
  toggleSelected,
} from "../../state/layer-selection.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionContextMenu } from "../controls/action-context-menu.tsx";
import { LayerRow } from "./layer-row.tsx";
import styles from "./layers.module.css";
import { isOnControl, rowElement } from "./row-element.ts";
import { useLayerDrag } from "./use-layer-drag.ts";
import { useRowKeys } from "./use-row-keys.ts";

/** What a right click offers. */
const commands = [
  ["rename-layer", "duplicate-layer", "delete-layer"],
  ["group-layer", "ungroup", "fold-group"],
  ["merge-down", "merge-visible", "flatten"],
  ["toggle-layer", "solo-layer", "lock-layer"],
  ["add-mask", "toggle-mask", "invert-mask", "delete-mask"],
] as const;

/** The rows, to be selected, put in order and moved into groups. @param document as it is shown */
export function LayerList({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const list = useRef<HTMLDivElement>(null);
  const folded = usePage((state) => state.folded);
  const selection = usePage((state) => state.selection);
  const together = usePage((state) => state.selectedTogether);
  const rows = useMemo(() => rowsOf(document, folded), [document, folded]);
  const selected = useMemo(
    () => new Set(selectedIds({ selection, selectedTogether: together })),
    [selection, together],
  );
  const drag = useLayerDrag(list, rows);
  const onKeyDown = useRowKeys(list, rows);
  useSelectAll(list);
  useEffect(() => {
    if (selection !== null)
      rowElement(list.current, selection)?.scrollIntoView({
        block: "nearest",
      });
  }, [selection]);

  const onClick = useCallback(
    (event: MouseEvent, id: string) => {
      if (isOnControl(event.target)) return;
      const order = rows.map(({ layer }) => layer.id);
      if (event.shiftKey) selectTo(workspace, id, order);
      else if (event.ctrlKey || event.metaKey) toggleSelected(workspace, id);
      else select(workspace, id);
    },
    [workspace, rows],
  );
  const tabStop = rows.some(({ layer }) => layer.id === selection)
    ? selection
    : rows[0]?.layer.id;
  const { place } = drag;
  const line = {
    "--line-indent": `${24 + 16 * (place?.depth ?? 0)}px`,
  } as CSSProperties;
  return (
    <>
      <ActionContextMenu sections={commands}>
        <div
          ref={list}
          className={styles.list}
          role="tree"
          aria-label="Layers"
          aria-multiselectable
          data-groups={rows.some(({ layer }) => layer.kind === "group")}
          data-dragging={drag.dragged !== null}
          style={line}
          onPointerDown={drag.onPointerDown}
          onKeyDown={onKeyDown}
        >
          {rows.map((row, at) => (
            <LayerRow
              key={row.layer.id}
              row={row}
              selected={selected.has(row.layer.id)}
              several={selected.size > 1}
              tabStop={row.layer.id === tabStop}
              dragged={drag.dragged?.has(row.layer.id) ?? false}
              over={place?.at === at ? place.side : null}
              onClick={onClick}
            />
          ))}
        </div>
      </ActionContextMenu>
      {drag.words !== null && (
        <div ref={drag.ghost} className={styles.ghost}>
          {drag.words}
        </div>
      )}
    </>
  );
}

/** Over the list, the key that selects all of the picture selects all layers. */
function useSelectAll(list: RefObject<HTMLElement | null>): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const panel = list.current?.closest("[data-layers]");
      const typing = event.target instanceof HTMLInputElement;
      const here =
        panel?.matches(":hover") ||
        panel?.contains(window.document.activeElement);
      if (typing || !here || !matches("Mod+A", event, onMac)) return;
      event.preventDefault();
      event.stopPropagation();
      selectEveryLayer(workspace);
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [workspace, list]);
}
