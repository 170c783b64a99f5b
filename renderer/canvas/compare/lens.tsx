import { type KeyboardEvent, type RefObject, useEffect } from "react";
import type { Document } from "../../../common/document/document.ts";
import { moveLens } from "../../state/compare.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { sideName } from "../compositing/compared-document.ts";
import { type Point, toDocument, toWindow } from "../view.ts";
import { lensAt, lensRadius } from "./clips.ts";
import styles from "./compare.module.css";

/** Window pixels that an arrow key moves the lens. */
const keyStep = 24;

const directions: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

interface Properties {
  document: Document;
  /** Whose pointer the lens follows. */
  stage: RefObject<HTMLElement | null>;
}

/** The rim of the lens. It follows the pointer and is in the way of no tool; the keyboard moves it with the arrow keys. */
export function Lens({ document, stage }: Properties) {
  const workspace = useWorkspace();
  const view = usePage((state) => state.view);
  const compare = usePage((state) => state.compare);
  const middle = lensAt(compare, document);
  const at = toWindow(view, middle);

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const onMove = (event: PointerEvent) => {
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      moveLens(workspace, toDocument(workspace.store.getState().view, point));
    };
    element.addEventListener("pointermove", onMove);
    return () => element.removeEventListener("pointermove", onMove);
  }, [workspace, stage]);

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const step = keyStep / view.zoom;
    moveLens(workspace, {
      x: middle.x + direction.x * step,
      y: middle.y + direction.y * step,
    });
  };
  const name = sideName(document, compare.sides[0]);
  const share = (value: number, whole: number) =>
    `${Math.round((100 * value) / whole)} %`;
  return (
    <button
      type="button"
      className={styles.lens}
      style={{
        width: 2 * lensRadius,
        height: 2 * lensRadius,
        transform: `translate(${at.x - lensRadius}px, ${at.y - lensRadius}px)`,
      }}
      aria-label={`Lens on ${name}, ${share(middle.x, document.width)} across, ${share(middle.y, document.height)} down; the arrow keys move it`}
      onKeyDown={onKeyDown}
    >
      <span className={styles.lensName}>{name}</span>
    </button>
  );
}
