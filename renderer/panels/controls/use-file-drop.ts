import { type DragEvent, useState } from "react";
import { type ChosenFiles, filesOfTransfer } from "../../state/files.ts";
import { attempt } from "../../state/notices.ts";
import { useWorkspace } from "../../state/use-workspace.ts";

/**
 * Properties for an element that takes dropped files itself, in place of the window. `data-over` is "true" while files
 * are held over it.
 */
export function useFileDrop(take: (chosen: ChosenFiles) => Promise<void>) {
  const workspace = useWorkspace();
  const [over, setOver] = useState(false);
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      // A part of the element that takes files itself has been here before.
      setOver(!event.defaultPrevented);
      event.preventDefault();
    },
    onDragLeave: (event: DragEvent) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node && event.currentTarget.contains(to)))
        setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();
      const reading = filesOfTransfer(event.dataTransfer);
      attempt(workspace, async () => take(await reading));
    },
    "data-over": over,
    "data-takes-files": true,
  };
}
