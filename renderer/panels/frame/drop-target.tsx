import { Brush, FolderOpen, ImagePlus, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { findLayer } from "../../../common/document/tree.ts";
import { toDocument } from "../../canvas/view.ts";
import { type DropSpot, dropSpot, spotWords } from "../../state/drop-spot.ts";
import { filesOfTransfer } from "../../state/files.ts";
import { attempt } from "../../state/notices.ts";
import { takeFiles } from "../../state/taking.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import type { Workspace } from "../../state/workspace.ts";
import styles from "./overlays.module.css";

const icons: Record<DropSpot["kind"], LucideIcon> = {
  project: FolderOpen,
  drawings: Brush,
  layer: ImagePlus,
  point: ImagePlus,
  above: ImagePlus,
};

/** What the words take up around and below the pointer, in window pixels. */
const room = { x: 168, y: 72 };

/** Files that are held over the window. */
interface Held {
  readonly spot: DropSpot;
  /** What takes them in, in window pixels. */
  readonly box: DOMRect;
  readonly x: number;
  readonly y: number;
}

/** Takes whatever is dropped anywhere in the window, and shows where it will land for as long as it is held. */
export function DropTarget() {
  const workspace = useWorkspace();
  const [held, setHeld] = useState<Held | null>(null);

  useEffect(() => {
    const hasFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes("Files") ?? false;
    /** Parts of the page that take files themselves show so themselves. */
    const isTaken = (event: DragEvent) =>
      event.target instanceof Element &&
      event.target.closest("[data-takes-files]") !== null;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setHeld(isTaken(event) ? null : heldAt(workspace, event));
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHeld(null);
    };
    const onDrop = (event: DragEvent) => {
      setHeld(null);
      if (!hasFiles(event) || !event.dataTransfer || event.defaultPrevented)
        return;
      event.preventDefault();
      const { spot } = heldAt(workspace, event);
      const reading = filesOfTransfer(event.dataTransfer);
      attempt(workspace, async () => takeFiles(workspace, await reading, spot));
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, [workspace]);

  return held && <DropPreview held={held} />;
}

function DropPreview({ held: { spot, box, x, y } }: { held: Held }) {
  const document = usePage((state) => state.project?.document);
  const words = spotWords(spot, (layerId) =>
    document ? (findLayer(document, layerId)?.name ?? "") : "",
  );
  const Icon = icons[spot.kind];
  const wordsAt = {
    x: Math.min(window.innerWidth - room.x, Math.max(room.x, x)),
    y: y + room.y < window.innerHeight ? y + 28 : y - 64,
  };
  return (
    <div className={styles.drop} role="status" data-testid="drop-preview">
      <span
        className={styles.dropBox}
        data-kind={spot.kind}
        style={{
          width: box.width,
          height: box.height,
          transform: `translate(${box.left}px, ${box.top}px)`,
        }}
      />
      {spot.kind === "point" && (
        <span
          className={styles.dropPoint}
          style={{ transform: `translate(${x}px, ${y}px)` }}
        />
      )}
      <span
        className={styles.dropWords}
        style={{
          transform: `translate(calc(${wordsAt.x}px - 50%), ${wordsAt.y}px)`,
        }}
      >
        <Icon size={16} strokeWidth={1.75} />
        {words}
      </span>
    </div>
  );
}

/** Where files would land that are held there. */
function heldAt(workspace: Workspace, event: DragEvent): Held {
  const state = workspace.store.getState();
  const target = event.target instanceof Element ? event.target : null;
  const stage = target?.closest<HTMLElement>("[data-stage]") ?? null;
  const row = target?.closest<HTMLElement>("[data-layer]") ?? null;
  const { clientX: x, clientY: y } = event;
  const corner = stage?.getBoundingClientRect();
  const spot = dropSpot(state, {
    point:
      corner === undefined
        ? null
        : toDocument(state.view, { x: x - corner.left, y: y - corner.top }),
    layerId: row?.dataset.layer ?? null,
  });
  const taker =
    (spot.kind === "above" ? row : document.querySelector("[data-stage]")) ??
    document.querySelector("main") ??
    document.body;
  return { spot, box: taker.getBoundingClientRect(), x, y };
}
