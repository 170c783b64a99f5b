import { useEffect } from "react";
import { findLayer } from "../../../common/document/tree.ts";
import { filesOfTransfer } from "../../state/files.ts";
import { takeStylePictures } from "../../state/instant-styles.ts";
import { attempt } from "../../state/notices.ts";
import { giveStyle } from "../../state/styling.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import type { Workspace } from "../../state/workspace.ts";

const row = "[data-styled-layer]";
const over = "data-style-over";

/**
 * Takes pictures that are dropped on a styled layer's row as its style. Rows say so by `data-styled-layer`, which holds the
 * layer's id, and `data-takes-files`; for the time that files are held over one it has `data-style-over`.
 */
export function StyleDrop() {
  const workspace = useWorkspace();
  useEffect(() => {
    const mark = (next: Element | null) => {
      for (const marked of document.querySelectorAll(`[${over}]`))
        if (marked !== next) marked.removeAttribute(over);
      next?.setAttribute(over, "true");
    };
    const onDragOver = (event: DragEvent) => {
      const next = rowUnder(event);
      mark(next);
      if (next) event.preventDefault();
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) mark(null);
    };
    const onDrop = (event: DragEvent) => {
      const target = rowUnder(event);
      mark(null);
      if (!target || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      take(workspace, target.dataset.styledLayer ?? "", event.dataTransfer);
    };
    window.addEventListener("dragover", onDragOver, true);
    window.addEventListener("dragleave", onDragLeave, true);
    window.addEventListener("drop", onDrop, true);
    return () => {
      window.removeEventListener("dragover", onDragOver, true);
      window.removeEventListener("dragleave", onDragLeave, true);
      window.removeEventListener("drop", onDrop, true);
    };
  }, [workspace]);
  return null;
}

function rowUnder({ target, dataTransfer }: DragEvent): HTMLElement | null {
  if (!dataTransfer?.types.includes("Files")) return null;
  return target instanceof Element ? target.closest<HTMLElement>(row) : null;
}

function take(
  workspace: Workspace,
  layerId: string,
  transfer: DataTransfer,
): void {
  const reading = filesOfTransfer(transfer);
  attempt(workspace, async () =>
    takeStylePictures(workspace, await reading, (style) => {
      const { project } = workspace.store.getState();
      const layer = project && findLayer(project.document, layerId);
      if (layer?.kind === "styled") giveStyle(workspace, layer, style);
    }),
  );
}
