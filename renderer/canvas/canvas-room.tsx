import { paintedDocument } from "../state/painted-document.ts";
import { usePage } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";
import { CompareBar } from "./compare/compare-bar.tsx";
import { Divider } from "./compare/divider.tsx";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { MergePill } from "./merge-pill.tsx";
import { ProgressPill } from "./progress-pill.tsx";
import { Stage } from "./stage.tsx";

/** The canvas with what lies over it. */
export function CanvasRoom() {
  const document = usePage(paintedDocument);
  const projectId = usePage((state) => state.project?.confirmed.id);
  const { on, way, peek } = usePage((state) => state.compare);
  if (!document) return <EmptyCanvas />;
  const divided = on && !peek && (way === "columns" || way === "rows");
  return (
    <main className={styles.room} aria-label="Canvas" data-comparing={on}>
      <Stage key={projectId} document={document} />
      {divided && <Divider document={document} />}
      {peek && (
        <span className={styles.peekLabel} role="status">
          Original
        </span>
      )}
      <ProgressPill document={document} />
      {on && <CompareBar document={document} />}
      <MergePill />
    </main>
  );
}
