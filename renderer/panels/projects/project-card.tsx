import { type KeyboardEvent, useRef, useState } from "react";
import type { ProjectSummary } from "../../../common/contract/studio.ts";
import { duplicateProject, trashProject } from "../../state/project-shelf.ts";
import { openProject, renameProject } from "../../state/projects.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { EditableName } from "../controls/editable-name.tsx";
import { CardMenu } from "./card-menu.tsx";
import { CardPicture } from "./card-picture.tsx";
import { elapsedSince } from "./elapsed.ts";
import styles from "./projects.module.css";

interface Properties {
  project: ProjectSummary;
  tabIndex: number;
  onFocus: () => void;
}

/** A project on the start page: a click or Enter opens it, F2 renames it, Delete puts it into the trash. */
export function ProjectCard({ project, tabIndex, onFocus }: Properties) {
  const workspace = useWorkspace();
  const picture = useRef<HTMLButtonElement>(null);
  const [renaming, setRenaming] = useState(false);
  const current = usePage(
    (state) => state.project?.confirmed.id === project.id,
  );
  const stopRenaming = (name: string | null) => {
    // The field had the focus, and goes away.
    if (document.activeElement instanceof HTMLInputElement)
      picture.current?.focus();
    setRenaming(false);
    if (name) renameProject(workspace, project.id, name);
  };
  const open = () => openProject(workspace, project.id, project.name);
  const duplicate = () => duplicateProject(workspace, project);
  const trash = () => trashProject(workspace, project);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "F2") setRenaming(true);
    else if (event.key === "Delete" || event.key === "Backspace") trash();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li data-testid="project">
      <button
        type="button"
        className={styles.cardPicture}
        ref={picture}
        data-grid-stop
        tabIndex={tabIndex}
        aria-label={`Open ${project.name}`}
        aria-keyshortcuts="F2 Delete"
        onClick={open}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      >
        <CardPicture thumbnail={project.thumbnail} />
        {current && <span className={styles.badge}>Open</span>}
      </button>
      <div className={styles.cardWords}>
        <span className={styles.cardName}>
          <EditableName
            name={project.name}
            label="Project name"
            editing={renaming}
            onEdit={() => setRenaming(true)}
            onDone={stopRenaming}
          />
          <span className={styles.cardTime}>
            {elapsedSince(project.updatedAt, Date.now())}
          </span>
        </span>
        <CardMenu
          name={project.name}
          items={[
            { label: "Rename", onSelect: () => setRenaming(true) },
            { label: "Duplicate", onSelect: duplicate },
            { label: "Move to trash", onSelect: trash },
          ]}
        />
      </div>
    </li>
  );
}
