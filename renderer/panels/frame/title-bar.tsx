import { DropdownMenu } from "radix-ui";
import { type ActionGroup, groupLabels } from "../../state/actions/action.ts";
import { enterRoom } from "../../state/navigation.ts";
import type { Room } from "../../state/page-state.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionIcon } from "../controls/action-button.tsx";
import { ActionMenuItems } from "../controls/action-menu.tsx";
import controls from "../controls/controls.module.css";
import { DragOut } from "./drag-out.tsx";
import { ExportMenu } from "./export-menu.tsx";
import styles from "./frame.module.css";

const menus: readonly ActionGroup[] = [
  "file",
  "edit",
  "image",
  "layer",
  "select",
  "view",
  "help",
];

const rooms: readonly { room: Room; label: string }[] = [
  { room: "projects", label: "Projects" },
  { room: "canvas", label: "Canvas" },
  { room: "train", label: "Train" },
];

export function TitleBar() {
  const workspace = useWorkspace();
  const room = usePage((state) => state.room);
  const name = usePage((state) => state.project?.confirmed.name);
  return (
    <header className={styles.title}>
      <div className={styles.titleLeft}>
        <img className={styles.mark} src="./icon.svg" alt="Fude" />
        {menus.map((group) => (
          <DropdownMenu.Root key={group} modal={false}>
            <DropdownMenu.Trigger className={styles.menuTrigger}>
              {groupLabels[group]}
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content
                className={controls.menu}
                align="start"
                sideOffset={6}
                loop
                // The field in which a name is typed keeps the focus.
                onCloseAutoFocus={(event) =>
                  workspace.store.getState().renaming !== null &&
                  event.preventDefault()
                }
              >
                <ActionMenuItems group={group} />
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        ))}
        {name !== undefined && room === "canvas" && (
          <span className={styles.projectName} data-testid="project-name">
            {name}
          </span>
        )}
      </div>
      <nav className={styles.rooms} aria-label="Rooms">
        {rooms.map((entry) => (
          <button
            key={entry.room}
            type="button"
            className={styles.room}
            aria-current={room === entry.room ? "page" : undefined}
            onClick={() => enterRoom(workspace, entry.room)}
          >
            {entry.label}
          </button>
        ))}
      </nav>
      <div className={styles.titleRight}>
        {room === "canvas" && (
          <>
            <ActionIcon action="undo" />
            <ActionIcon action="redo" />
            <ActionIcon action="compare" />
            <DragOut />
            <ExportMenu />
          </>
        )}
      </div>
    </header>
  );
}
