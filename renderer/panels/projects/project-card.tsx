import { Ellipsis, Image } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { ProjectSummary } from "../../../common/contract/studio.ts";
import {
  deleteProject,
  openProject,
  renameProject,
} from "../../state/projects.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ConfirmDialog } from "../controls/confirm-dialog.tsx";
import controls from "../controls/controls.module.css";
import { EditableName } from "../controls/editable-name.tsx";
import { elapsedSince } from "./elapsed.ts";
import styles from "./projects.module.css";

const thumbnailSide = 640;

export function ProjectCard({ project }: { project: ProjectSummary }) {
  const workspace = useWorkspace();
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const current = usePage(
    (state) => state.project?.confirmed.id === project.id,
  );
  return (
    <li data-testid="project">
      <button
        type="button"
        className={styles.cardPicture}
        aria-label={`Open ${project.name}`}
        onClick={() => openProject(workspace, project.id, project.name)}
      >
        {project.thumbnail ? (
          <img
            src={workspace.host.assetUrl(project.thumbnail, {
              longestSide: thumbnailSide,
            })}
            alt=""
            draggable={false}
            loading="lazy"
          />
        ) : (
          <Image size={24} strokeWidth={1.5} />
        )}
        {current && <span className={styles.badge}>Open</span>}
      </button>
      <div className={styles.cardWords}>
        <span className={styles.cardName}>
          <EditableName
            name={project.name}
            label="Project name"
            editing={renaming}
            onEdit={() => setRenaming(true)}
            onDone={(name) => {
              setRenaming(false);
              if (name) renameProject(workspace, project.id, name);
            }}
          />
          <span className={styles.cardTime}>
            {elapsedSince(project.updatedAt, Date.now())}
          </span>
        </span>
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger
            className={controls.icon}
            data-small="true"
            aria-label={`More about ${project.name}`}
          >
            <Ellipsis size={16} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            {/* The name's field takes the focus, so the menu must not give it back to its button. */}
            <DropdownMenu.Content
              className={controls.menu}
              align="end"
              sideOffset={4}
              onCloseAutoFocus={(event) => event.preventDefault()}
            >
              <DropdownMenu.Item
                className={controls.item}
                onSelect={() => setRenaming(true)}
              >
                Rename
              </DropdownMenu.Item>
              <DropdownMenu.Item
                className={controls.item}
                onSelect={() => setDeleting(true)}
              >
                Delete…
              </DropdownMenu.Item>
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      </div>
      <ConfirmDialog
        open={deleting}
        title={`Delete ${project.name}?`}
        text="Its layers and history go with it. The picture files that you opened stay where they are."
        confirm="Delete project"
        onClose={() => setDeleting(false)}
        onConfirm={() => deleteProject(workspace, project.id)}
      />
    </li>
  );
}
