import { GraduationCap, ImagePlus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { sampleScene } from "../../../common/sample-scene.ts";
import { actionNamed } from "../../state/actions/actions.ts";
import { openSample } from "../../state/project-shelf.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { StylePicture } from "../styles/style-picture.tsx";
import styles from "./projects.module.css";

/** So many fit beside one another under the place to drop on. */
const mostStyles = 6;

/** Where there is no project yet: what one can begin with. */
export function FirstSteps({ onTrash }: { onTrash: () => void }) {
  const workspace = useWorkspace();
  const known = usePage((state) => state.styles);
  const trashed = usePage((state) => state.trash.length);
  const sample = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(sampleScene())}`,
    [],
  );
  const perform = (name: string) => () => actionNamed(name).perform(workspace);
  return (
    <main className={styles.first} aria-label="Projects">
      <button
        type="button"
        className={styles.firstDrop}
        onClick={perform("open-pictures")}
        data-testid="first-drop"
      >
        <span className={styles.firstIcon}>
          <ImagePlus size={32} strokeWidth={1.5} />
        </span>
        <span className={styles.firstTitle}>Drop a picture to begin</span>
        <span className={styles.firstText}>
          A photograph, a sketch, a render: PNG, JPEG, WebP, TIFF, AVIF, PSD. Or
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
      <div className={styles.firstWays}>
        <button
          type="button"
          className={styles.firstWay}
          onClick={() => openSample(workspace)}
        >
          <img className={styles.firstSample} src={sample} alt="" />
          <span>
            <strong>Look around in a sample</strong>
            <span className={styles.firstText}>
              A picture of ours, half of it in a style.
            </span>
          </span>
        </button>
        <button
          type="button"
          className={styles.firstWay}
          onClick={perform("show-train")}
        >
          <GraduationCap size={20} strokeWidth={1.5} />
          <span>
            <strong>Teach Fude your own style</strong>
            <span className={styles.firstText}>
              From a folder of your drawings, on this machine.
            </span>
          </span>
        </button>
      </div>
      {trashed > 0 && (
        <Button icon={Trash2} tone="quiet" onClick={onTrash}>
          Trash ({trashed})
        </Button>
      )}
    </main>
  );
}
