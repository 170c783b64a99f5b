import { X } from "lucide-react";
import type { Document, StyledLayer } from "../../common/document/document.ts";
import { walkLayers } from "../../common/document/tree.ts";
import { IconButton } from "../panels/controls/icon-button.tsx";
import { duration, steerJob } from "../state/jobs.ts";
import { jobOf } from "../state/styling.ts";
import { usePage, useWorkspace } from "../state/use-workspace.ts";
import styles from "./canvas.module.css";

/** What the engine is making for this picture, over the canvas. */
export function ProgressPill({ document }: { document: Document }) {
  const workspace = useWorkspace();
  const jobs = usePage((state) => state.jobs);
  const made = [...walkLayers(document.layers)]
    .map((place) => place.layer)
    .filter((layer): layer is StyledLayer => layer.kind === "styled")
    .map((layer) => ({ layer, job: jobOf(jobs, layer.id) }))
    .find((entry) => entry.job !== undefined);
  if (!made?.job) return null;
  const { layer, job } = made;
  const share = job.progress ?? 0;
  return (
    <div className={styles.pill} role="status" data-testid="canvas-progress">
      <span className={styles.pillTitle}>{layer.name}</span>
      <span
        className={styles.pillTrack}
        role="progressbar"
        aria-label={`Painting ${layer.name}`}
        aria-valuenow={Math.round(share * 100)}
        data-unknown={share === 0}
      >
        <span
          className={styles.pillBar}
          style={share === 0 ? {} : { transform: `scaleX(${share})` }}
        />
      </span>
      <span className={styles.pillNumber}>
        {job.state === "waiting"
          ? "Waiting"
          : job.secondsLeft === null
            ? share === 0
              ? "Starting"
              : `${Math.round(share * 100)} %`
            : duration(job.secondsLeft)}
      </span>
      <IconButton
        label="Cancel"
        icon={X}
        small
        onClick={() => steerJob(workspace, "cancelJob", job.id)}
      />
    </div>
  );
}
