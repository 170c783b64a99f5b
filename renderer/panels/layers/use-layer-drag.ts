import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import { moveTogether } from "../../../common/document/arrange.ts";
import type { Row } from "../../state/layer-rows.ts";
import {
  select,
  selectedIds,
  selectedLayers,
} from "../../state/layer-selection.ts";
import { moveSelected, named } from "../../state/layers.ts";
import { notify } from "../../state/notices.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import { type DropPlace, dropPlace, isInside } from "./drop-place.ts";
import { isOnControl } from "./row-element.ts";

/** How far the pointer goes before it is meant as a drag, in pixels. */
const slack = 4;
/** From the list's edge to the rows of the document itself, and from there to each deeper level. */
const [margin, step] = [40, 16];
/** How near an edge the list begins to scroll, and how fast, in pixels (a frame). */
const [nearEdge, scrollSpeed] = [24, 8];

interface LayerDrag {
  /** Layers under way; null while none are. */
  readonly dragged: ReadonlySet<string> | null;
  readonly place: DropPlace | null;
  /** What is under way, beside the pointer. */
  readonly words: string | null;
  readonly ghost: RefObject<HTMLDivElement | null>;
  onPointerDown(event: PointerEvent): void;
}

/** Dragging layers by their rows, with mouse or pen; a finger scrolls. Escape lets them be. */
export function useLayerDrag(
  list: RefObject<HTMLElement | null>,
  rows: readonly Row[],
): LayerDrag {
  const workspace = useWorkspace();
  const ghost = useRef<HTMLDivElement>(null);
  const now = useRef(rows);
  now.current = rows;
  const ending = useRef<(() => void) | null>(null);
  const [drag, setDrag] = useState<{
    dragged: ReadonlySet<string>;
    words: string;
    place: DropPlace | null;
  } | null>(null);
  useEffect(() => () => ending.current?.(), []);

  /** Begins when the pointer has gone far enough. @returns what is dragged, or null where it may not be */
  const begin = (layerId: string): ReadonlySet<string> | null => {
    if (!selectedIds(workspace.store.getState()).includes(layerId))
      select(workspace, layerId);
    const layers = selectedLayers(workspace.store.getState());
    const locked = layers.find((layer) => layer.locked);
    if (locked) {
      notify(workspace, `${locked.name} is locked.`, "Unlock it to move it.");
      return null;
    }
    const dragged = new Set(layers.map(({ id }) => id));
    setDrag({ dragged, words: named(layers), place: null });
    return dragged;
  };

  const onPointerDown = (down: PointerEvent) => {
    const element = list.current;
    const row = (down.target as Element).closest<HTMLElement>("[data-layer]");
    const layerId = row?.dataset.layer;
    if (!element || !layerId || down.button !== 0 || isOnControl(down.target))
      return;
    // The arrow keys stay the canvas's; what is being typed elsewhere is done.
    down.preventDefault();
    if (document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
    let dragged: ReadonlySet<string> | null = null;
    let place: DropPlace | null = null;
    let last = { x: down.clientX, y: down.clientY };
    let frame = 0;

    const follow = () => {
      if (!dragged) return;
      place = placeUnder(element, now.current, last, dragged);
      setDrag((drag) => drag && { ...drag, place });
      if (ghost.current)
        ghost.current.style.translate = `${last.x + 12}px ${last.y + 12}px`;
    };
    const scroll = () => {
      frame = requestAnimationFrame(scroll);
      const { top, bottom } = element.getBoundingClientRect();
      const before = element.scrollTop;
      if (last.y < top + nearEdge) element.scrollTop -= scrollSpeed;
      if (last.y > bottom - nearEdge) element.scrollTop += scrollSpeed;
      if (element.scrollTop !== before) follow();
    };
    const onMove = (move: globalThis.PointerEvent) => {
      if (move.pointerId !== down.pointerId) return;
      if (move.pointerType === "touch") {
        element.scrollTop += last.y - move.clientY;
        last = { x: move.clientX, y: move.clientY };
        return;
      }
      const far =
        Math.hypot(move.clientX - down.clientX, move.clientY - down.clientY) >=
        slack;
      if (!dragged && !far) return;
      last = { x: move.clientX, y: move.clientY };
      if (!dragged) {
        dragged = begin(layerId);
        if (!dragged) {
          end();
          return;
        }
        element.setPointerCapture(down.pointerId);
        frame = requestAnimationFrame(scroll);
      }
      follow();
    };
    const onUp = (up: globalThis.PointerEvent) => {
      if (up.pointerId !== down.pointerId) return;
      const gap = dragged && place?.gap;
      end();
      if (gap) moveSelected(workspace, gap);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !dragged) return;
      event.preventDefault();
      event.stopPropagation();
      end();
    };
    const end = () => {
      ending.current = null;
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", onKey, true);
      setDrag(null);
    };
    ending.current?.();
    ending.current = end;
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", onKey, true);
  };

  /** Where the layers would go, or null where they are there or cannot be. */
  const placeUnder = (
    element: HTMLElement,
    listed: readonly Row[],
    pointer: { x: number; y: number },
    dragged: ReadonlySet<string>,
  ): DropPlace | null => {
    const { project } = workspace.store.getState();
    const first = element.firstElementChild?.getBoundingClientRect();
    if (!project || !first) return null;
    const down = Math.max(0, (pointer.y - first.top) / first.height);
    const at = Math.floor(down);
    const level = Math.floor((pointer.x - first.left - margin) / step);
    const place = dropPlace(listed, at, down - at, level);
    if (!place || isInside(place, listed, dragged)) return null;
    return moveTogether(project.document, dragged, place.gap).length > 0
      ? place
      : null;
  };

  return {
    dragged: drag?.dragged ?? null,
    place: drag?.place ?? null,
    words: drag?.words ?? null,
    ghost,
    onPointerDown,
  };
}
