import { X } from "lucide-react";
import { IconButton } from "../panels/controls/icon-button.tsx";
import { duration } from "../state/jobs.ts";
import { cancelMerge } from "../state/merging.ts";
import { usePage, useWorkspace } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";

/** How far the studio is with making one layer of several, where that takes a while. */
export function MergePill() {
  const workspace = useWorkspace();
  const merging = usePage((state) => state.merging);
  if (!merging) return null;
  const { progress, begun } = merging;
  const seconds = (performance.now() - begun) / 1000;
  // Told once there is enough to go by.
  const left =
    seconds > 1 && progress > 0.1
      ? (seconds / progress) * (1 - progress)
      : null;
  return (
    <div
      className={styles.pill}
      data-late
      role="status"
      data-testid="merge-progress"
    >
      <span className={styles.pillTitle}>Merging layers</span>
      <span
        className={styles.pillTrack}
        role="progressbar"
        aria-label="Merging layers"
        aria-valuenow={Math.round(progress * 100)}
      >
        <span
          className={styles.pillBar}
          style={{ transform: `scaleX(${progress})` }}
        />
      </span>
      <span className={styles.pillNumber}>
        {left === null ? `${Math.round(progress * 100)} %` : duration(left)}
      </span>
      <IconButton
        label="Cancel"
        icon={X}
        small
        onClick={() => cancelMerge(workspace)}
      />
    </div>
  );
}
