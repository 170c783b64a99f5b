import { ChevronsLeftRight } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import type { Document } from "../../common/document/document.ts";
import { moveDivider } from "../state/navigation.ts";
import { usePage, useWorkspace } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";
import { toDocument, toWindow } from "./view.ts";

const keyStep = 0.02;

/** The line between original and result, to be dragged or moved with the arrow keys. */
export function CompareDivider({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const view = usePage((state) => state.view);
  const position = usePage((state) => state.compare.position);
  const { x } = toWindow(view, { x: position * document.width, y: 0 });

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    const at = toDocument(view, {
      x: event.clientX - (stage?.left ?? 0),
      y: 0,
    });
    moveDivider(workspace, at.x / document.width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveDivider(workspace, position + step);
  };
  return (
    <>
      <span
        className={styles.compareLabel}
        style={{ transform: `translateX(calc(${x}px - 100% - 12px))` }}
      >
        Original
      </span>
      <span
        className={styles.compareLabel}
        style={{ transform: `translateX(${x + 12}px)` }}
      >
        Result
      </span>
      <div
        className={styles.divider}
        style={{ transform: `translateX(${x}px)` }}
        role="slider"
        tabIndex={0}
        aria-label="Divider between original and result"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(position * 100)}
        onPointerDown={(event) =>
          event.currentTarget.setPointerCapture(event.pointerId)
        }
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <span className={styles.dividerHandle}>
          <ChevronsLeftRight size={16} strokeWidth={2} />
        </span>
      </div>
    </>
  );
}
