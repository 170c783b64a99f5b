import { historyReach } from "../../state/edits.ts";
import { travel } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import styles from "./history.module.css";

/** The named steps, oldest first; a click goes to where that step was the last. */
export function HistoryPanel() {
  const workspace = useWorkspace();
  const project = usePage((state) => state.project);
  if (!project)
    return (
      <p className={styles.nothing}>Every step that you make is listed here.</p>
    );
  const { history } = project.confirmed;
  const { position } = historyReach(project);
  const pending = project.pending.map((step) => step.label);
  const known = history.entries.slice(
    0,
    pending.length > 0 ? history.position : undefined,
  );
  const labels = ["Opened", ...known.map((entry) => entry.label), ...pending];
  return (
    <ol className={styles.list} aria-label="History" data-testid="history">
      {labels.map((label, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the list
        <li key={index}>
          <button
            type="button"
            className={styles.step}
            data-undone={index > position}
            aria-current={index === position ? "step" : undefined}
            onClick={() => travel(workspace, index)}
          >
            <span className={styles.dot} />
            <span className={styles.label}>{label}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
