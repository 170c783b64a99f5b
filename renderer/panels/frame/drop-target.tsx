import { Brush, ImagePlus } from "lucide-react";
import { useEffect, useState } from "react";
import { filesOfTransfer } from "../../state/files.ts";
import { attempt } from "../../state/notices.ts";
import { takeFiles } from "../../state/taking.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import type { Workspace } from "../../state/workspace.ts";
import styles from "./overlays.module.css";

/** Takes whatever is dropped anywhere in the window. */
export function DropTarget() {
  const workspace = useWorkspace();
  const room = usePage((state) => state.room);
  const open = usePage((state) => state.project !== null);
  const [over, setOver] = useState(false);

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
      setOver(!isTaken(event));
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer || event.defaultPrevented)
        return;
      event.preventDefault();
      take(workspace, event.dataTransfer);
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

  if (!over) return null;
  const training = room === "train";
  const Icon = training ? Brush : ImagePlus;
  return (
    <div className={styles.dropVeil}>
      <div className={styles.dropCard}>
        <Icon size={32} strokeWidth={1.5} />
        {training
          ? "Drop drawings to learn from"
          : open && room === "canvas"
            ? "Drop to add as a layer"
            : "Drop to open"}
      </div>
    </div>
  );
}

function take(workspace: Workspace, transfer: DataTransfer): void {
  const reading = filesOfTransfer(transfer);
  attempt(workspace, async () => takeFiles(workspace, await reading));
}
