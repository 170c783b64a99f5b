import { FolderOpen, GraduationCap, ImagePlus } from "lucide-react";
import { actionNamed } from "../../state/actions/actions.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { StylePicture } from "../styles/style-picture.tsx";
import { ProjectCard } from "./project-card.tsx";
import styles from "./projects.module.css";

/** So many fit beside one another under the place to drop on. */
const mostStyles = 6;

/** Where one starts: recent work, or the first step. */
export function ProjectsRoom() {
  const workspace = useWorkspace();
  const projects = usePage((state) => state.projects);
  const known = usePage((state) => state.styles);
  const openPictures = () => actionNamed("open-pictures").perform(workspace);
  const train = () => actionNamed("show-train").perform(workspace);
  if (projects === null)
    return <main className={styles.room} aria-label="Projects" aria-busy />;
  if (projects.length === 0) {
    return (
      <main className={styles.first} aria-label="Projects">
        <button
          type="button"
          className={styles.firstDrop}
          onClick={openPictures}
          data-testid="first-drop"
        >
          <span className={styles.firstIcon}>
            <ImagePlus size={32} strokeWidth={1.5} />
          </span>
          <span className={styles.firstTitle}>Drop a picture to begin</span>
          <span className={styles.firstText}>
            A photograph, a sketch, a render: PNG, JPEG, WebP, TIFF, AVIF. Or
            click to choose one, or paste.
          </span>
        </button>
        {known !== null && known.length > 0 && (
          <ul className={styles.firstStyles} aria-label="Styles to try">
            {known.slice(0, mostStyles).map((style) => (
              <li key={style.id}>
                <StylePicture style={style} />
                <span>{style.name}</span>
              </li>
            ))}
          </ul>
        )}
        <button type="button" className={styles.firstTrain} onClick={train}>
          <GraduationCap size={20} strokeWidth={1.5} />
          <span>
            <strong>Teach Fude your own style</strong>
            <span className={styles.firstText}>
              From a folder of your drawings, in minutes, on this machine.
            </span>
          </span>
        </button>
      </main>
    );
  }
  return (
    <main className={styles.room} aria-label="Projects">
      <header className={styles.header}>
        <h1 className={styles.heading}>Projects</h1>
        <Button icon={FolderOpen} tone="accent" onClick={openPictures}>
          Open pictures…
        </Button>
      </header>
      <ul className={styles.grid}>
        {projects.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </ul>
    </main>
  );
}
