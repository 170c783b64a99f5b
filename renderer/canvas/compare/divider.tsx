import { ChevronsLeftRight, ChevronsUpDown } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import type { Document } from "../../../common/document/document.ts";
import { moveDivider } from "../../state/compare.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { sideName } from "../compositing/compared-document.ts";
import { toDocument, toWindow } from "../view.ts";
import styles from "./compare.module.css";

const keySteps: Record<string, number> = {
  ArrowLeft: -0.02,
  ArrowUp: -0.02,
  ArrowRight: 0.02,
  ArrowDown: 0.02,
  PageUp: -0.2,
  PageDown: 0.2,
  Home: -1,
  End: 1,
};

/** The line between the two sides, to be dragged or moved with the arrow keys. */
export function Divider({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const view = usePage((state) => state.view);
  const { position, way, sides } = usePage((state) => state.compare);
  const upright = way === "columns";
  const [first, second] = sides.map((side) => sideName(document, side));
  const at = toWindow(view, {
    x: position * document.width,
    y: position * document.height,
  });
  const place = upright ? `${at.x}px, 0` : `0, ${at.y}px`;

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    const to = toDocument(view, {
      x: event.clientX - (stage?.left ?? 0),
      y: event.clientY - (stage?.top ?? 0),
    });
    moveDivider(
      workspace,
      upright ? to.x / document.width : to.y / document.height,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveDivider(workspace, position + step);
  };
  const Icon = upright ? ChevronsLeftRight : ChevronsUpDown;
  return (
    <>
      <span
        className={styles.label}
        style={{
          transform: upright
            ? `translate(calc(${at.x}px - 100% - 12px), 16px)`
            : `translate(16px, calc(${at.y}px - 100% - 12px))`,
        }}
      >
        {first}
      </span>
      <span
        className={styles.label}
        style={{
          transform: upright
            ? `translate(${at.x + 12}px, 16px)`
            : `translate(16px, ${at.y + 12}px)`,
        }}
      >
        {second}
      </span>
      <div
        className={styles.divider}
        data-upright={upright}
        style={{ transform: `translate(${place})` }}
        role="slider"
        tabIndex={0}
        aria-label={`Divider between ${first} and ${second}`}
        aria-orientation={upright ? "horizontal" : "vertical"}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(position * 100)}
        aria-valuetext={`${Math.round(position * 100)} % ${first}`}
        onPointerDown={(event) =>
          event.currentTarget.setPointerCapture(event.pointerId)
        }
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <span className={styles.handle}>
          <Icon size={16} strokeWidth={2} />
        </span>
      </div>
    </>
  );
}
