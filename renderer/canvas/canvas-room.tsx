import { shownDocument } from "../state/shown-document.ts";
import { usePage } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";
import { CompareDivider } from "./compare-divider.tsx";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { ProgressPill } from "./progress-pill.tsx";
import { Stage } from "./stage.tsx";

/** The canvas with what lies over it. */
export function CanvasRoom() {
  const document = usePage(shownDocument);
  const projectId = usePage((state) => state.project?.confirmed.id);
  const compare = usePage((state) => state.compare);
  if (!document) return <EmptyCanvas />;
  return (
    <main className={styles.room} aria-label="Canvas">
      <Stage key={projectId} document={document} />
      {compare.split && !compare.peek && <CompareDivider document={document} />}
      {compare.peek && <span className={styles.peekLabel}>Original</span>}
      <ProgressPill document={document} />
    </main>
  );
}
