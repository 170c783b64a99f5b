import { GripVertical, Image } from "lucide-react";
import { Tooltip } from "radix-ui";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import controls from "../controls/controls.module.css";
import styles from "./frame.module.css";

/** The picture to be dragged into another program or a folder, as a PNG. By the keyboard it leaves by export or copy. */
export function DragOut() {
  const { host } = useWorkspace();
  const project = usePage((state) => state.project?.confirmed);
  if (!project) return null;
  const { id, name } = project;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <span
          className={styles.dragOut}
          role="img"
          aria-label="The picture, to be dragged into another program"
          data-testid="drag-out"
          draggable
          onDragStart={({ dataTransfer }) => {
            const url = new URL(host.pictureUrl(id), window.location.href);
            // Chromium fetches the address once it is dropped; colons part the three.
            const file = `${name.replace(/[:/\\]/g, "-")}.png`;
            dataTransfer.effectAllowed = "copy";
            dataTransfer.setData("DownloadURL", `image/png:${file}:${url}`);
          }}
        >
          <GripVertical size={14} strokeWidth={1.75} />
          <Image size={16} strokeWidth={1.75} />
        </span>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          className={controls.tooltip}
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
        >
          Drag the picture into another program
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
