import { FolderOpen, Search, Trash2 } from "lucide-react";
import { useState } from "react";
import { actionNamed } from "../../state/actions/actions.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { matchesSearch } from "./matches-search.ts";
import { ProjectCard } from "./project-card.tsx";
import styles from "./projects.module.css";
import { TrashShelf } from "./trash-shelf.tsx";
import { useGridFocus } from "./use-grid-focus.ts";

/** Where one starts: recent work, or the first step. */
export function ProjectsRoom() {
  const projects = usePage((state) => state.projects);
  const [inTrash, setInTrash] = useState(false);
  const openTrash = () => setInTrash(true);
  if (projects === null)
    return <main className={styles.room} aria-label="Projects" aria-busy />;
  if (inTrash) return <TrashShelf onLeave={() => setInTrash(false)} />;
  if (projects.length === 0) return <FirstSteps onTrash={openTrash} />;
  return <RecentProjects onTrash={openTrash} />;
}

function RecentProjects({ onTrash }: { onTrash: () => void }) {
  const workspace = useWorkspace();
  const projects = usePage((state) => state.projects) ?? [];
  const trashed = usePage((state) => state.trash.length);
  const [search, setSearch] = useState("");
  const found = projects.filter(({ name }) => matchesSearch(name, search));
  const focus = useGridFocus(found.length);
  return (
    <main className={styles.room} aria-label="Projects">
      <header className={styles.header}>
        <h1 className={styles.heading}>Projects</h1>
        <label className={styles.search}>
          <Search size={16} strokeWidth={1.75} />
          <input
            type="search"
            placeholder="Search"
            aria-label="Search projects"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              focus.grid.current
                ?.querySelector<HTMLElement>("[data-grid-stop]")
                ?.focus();
            }}
          />
        </label>
        <span className={styles.headerGap} />
        {trashed > 0 && (
          <Button icon={Trash2} tone="quiet" onClick={onTrash}>
            Trash ({trashed})
          </Button>
        )}
        <Button
          icon={FolderOpen}
          tone="accent"
          onClick={() => actionNamed("open-pictures").perform(workspace)}
        >
          Open pictures…
        </Button>
      </header>
      {found.length === 0 && (
        <p className={styles.nothing} role="status">
          No project is called “{search.trim()}”.
          <Button tone="quiet" onClick={() => setSearch("")}>
            Show all
          </Button>
        </p>
      )}
      <ul
        ref={focus.grid}
        className={styles.grid}
        aria-label="Recent projects"
        onBlur={focus.onBlur}
        onKeyDown={focus.onKeyDown}
      >
        {found.map((project, index) => (
          <ProjectCard
            key={project.id}
            project={project}
            tabIndex={focus.tabIndexOf(index)}
            onFocus={() => focus.onFocus(index)}
          />
        ))}
      </ul>
    </main>
  );
}
