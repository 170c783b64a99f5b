import { ArrowLeft, Trash2 } from "lucide-react";
import { useState } from "react";
import type { TrashedProject } from "../../../common/contract/studio.ts";
import {
  deleteProject,
  emptyTrash,
  restoreProject,
} from "../../state/project-shelf.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { ConfirmDialog } from "../controls/confirm-dialog.tsx";
import { CardMenu } from "./card-menu.tsx";
import { CardPicture } from "./card-picture.tsx";
import { elapsedSince } from "./elapsed.ts";
import styles from "./projects.module.css";
import { useGridFocus } from "./use-grid-focus.ts";

const goneForGood =
  "Layers and history go with it for good. The picture files that you opened stay where they are.";

/** The projects that were thrown away, to be had back. */
export function TrashShelf({ onLeave }: { onLeave: () => void }) {
  const workspace = useWorkspace();
  const trash = usePage((state) => state.trash);
  const [emptying, setEmptying] = useState(false);
  const focus = useGridFocus(trash.length);
  return (
    <main className={styles.room} aria-label="Trash">
      <header className={styles.header}>
        <Button icon={ArrowLeft} tone="quiet" onClick={onLeave}>
          Projects
        </Button>
        <h1 className={styles.heading}>Trash</h1>
        <span className={styles.headerGap} />
        <Button
          icon={Trash2}
          disabled={trash.length === 0}
          onClick={() => setEmptying(true)}
        >
          Empty trash…
        </Button>
      </header>
      {trash.length === 0 && (
        <p className={styles.nothing}>There is nothing in the trash.</p>
      )}
      <ul
        ref={focus.grid}
        className={styles.grid}
        aria-label="Projects in the trash"
        onBlur={focus.onBlur}
        onKeyDown={focus.onKeyDown}
      >
        {trash.map((project, index) => (
          <TrashCard
            key={project.id}
            project={project}
            tabIndex={focus.tabIndexOf(index)}
            onFocus={() => focus.onFocus(index)}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={emptying}
        title={
          trash.length === 1
            ? `Delete ${trash[0]?.name} for good?`
            : `Delete ${trash.length} projects for good?`
        }
        text={goneForGood}
        confirm="Empty trash"
        onClose={() => setEmptying(false)}
        onConfirm={() => emptyTrash(workspace)}
      />
    </main>
  );
}

interface CardProperties {
  project: TrashedProject;
  tabIndex: number;
  onFocus: () => void;
}

function TrashCard({ project, tabIndex, onFocus }: CardProperties) {
  const workspace = useWorkspace();
  const [deleting, setDeleting] = useState(false);
  const restore = () => restoreProject(workspace, project);
  return (
    <li data-testid="trashed-project">
      <button
        type="button"
        className={styles.cardPicture}
        data-trashed="true"
        data-grid-stop
        tabIndex={tabIndex}
        aria-label={`Restore ${project.name}`}
        onClick={restore}
        onFocus={onFocus}
      >
        <CardPicture thumbnail={project.thumbnail} />
        <span className={styles.badge}>Restore</span>
      </button>
      <div className={styles.cardWords}>
        <span className={styles.cardName}>
          {project.name}
          <span className={styles.cardTime}>
            Thrown away {elapsedSince(project.trashedAt, Date.now())}
          </span>
        </span>
        <CardMenu
          name={project.name}
          items={[
            { label: "Restore", onSelect: restore },
            { label: "Delete for good…", onSelect: () => setDeleting(true) },
          ]}
        />
      </div>
      <ConfirmDialog
        open={deleting}
        title={`Delete ${project.name} for good?`}
        text={goneForGood}
        confirm="Delete project"
        onClose={() => setDeleting(false)}
        onConfirm={() => deleteProject(workspace, project)}
      />
    </li>
  );
}
