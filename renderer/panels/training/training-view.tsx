import { Brush, Check, Pause, Play, X } from "lucide-react";
import { useState } from "react";
import type { Job } from "../../../common/contract/studio.ts";
import { duration, isActive, steerJob } from "../../state/jobs.ts";
import { takeToCanvas } from "../../state/training.ts";
import { useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { ConfirmDialog } from "../controls/confirm-dialog.tsx";
import { AdviceList } from "./advice-list.tsx";
import { LossChart } from "./loss-chart.tsx";
import { bestWords, trainingWords } from "./training-words.ts";
import styles from "./view.module.css";

const sampleSide = 768;

/** One training: what it draws now, how its losses go, how long it still takes. */
export function TrainingView({ job }: { job: Job }) {
  const workspace = useWorkspace();
  const { training } = job;
  const share = job.state === "done" ? 1 : (job.progress ?? 0);
  return (
    <div className={styles.view} data-testid="training" data-state={job.state}>
      <header className={styles.viewHeader}>
        <div>
          <h1 className={styles.heading}>{job.title}</h1>
          <p className={styles.viewState} role="status">
            {trainingWords(job)}
          </p>
        </div>
        <Controls job={job} />
      </header>
      <span
        className={styles.viewTrack}
        role="progressbar"
        aria-label={job.title}
        aria-valuenow={Math.round(share * 100)}
      >
        <span
          className={styles.viewBar}
          data-state={job.state}
          style={{ transform: `scaleX(${share})` }}
        />
      </span>
      {job.failure && (
        <p className={styles.failure} role="alert">
          <strong>{job.failure.message}</strong> {job.failure.hint}
        </p>
      )}
      {training && training.advice.length > 0 && (
        <AdviceList advice={training.advice} />
      )}
      <section aria-label="Samples">
        <div
          className={styles.samples}
          data-count={training?.samples.length ?? 0}
        >
          {training?.samples.map((sample, index) => (
            <figure
              key={index.toString()}
              className={styles.sample}
              data-testid="sample"
            >
              <img
                src={workspace.host.assetUrl(sample.asset, {
                  longestSide: sampleSide,
                })}
                alt={`Sample ${index + 1} after step ${sample.step}`}
                draggable={false}
              />
              <figcaption className={styles.sampleStep}>
                Step {sample.step.toLocaleString("en")}
              </figcaption>
            </figure>
          ))}
          {!training?.samples.length && (
            <p className={styles.samplesEmpty}>
              {isActive(job)
                ? "The first sample appears soon."
                : "No sample was made."}
            </p>
          )}
        </div>
      </section>
      <dl className={styles.numbers}>
        <Figure
          name="Step"
          value={
            training
              ? `${training.step.toLocaleString("en")}${training.steps === null ? "" : ` of ${training.steps.toLocaleString("en")}`}`
              : "–"
          }
        />
        <Figure
          name="Speed"
          value={
            training?.stepsPerSecond
              ? `${training.stepsPerSecond.toFixed(1)} steps a second`
              : "–"
          }
        />
        <Figure
          name="Time left"
          value={
            isActive(job) && job.secondsLeft !== null
              ? duration(job.secondsLeft)
              : "–"
          }
        />
        <Figure
          name="Best so far"
          about="How it does on pictures that it does not practise on. The best is what you get."
          value={training?.judged ? bestWords(training.judged) : "–"}
        />
      </dl>
      <LossChart
        points={training?.curve ?? []}
        judged={training?.judged ?? null}
      />
    </div>
  );
}

function Figure({
  name,
  value,
  about,
}: {
  name: string;
  value: string;
  about?: string;
}) {
  return (
    <div className={styles.number} title={about}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Controls({ job }: { job: Job }) {
  const workspace = useWorkspace();
  const [cancelling, setCancelling] = useState(false);
  const { modelId } = job;
  if (job.state === "done" && modelId !== null) {
    return (
      <Button
        icon={Brush}
        tone="accent"
        large
        onClick={() => takeToCanvas(workspace, modelId)}
      >
        Use on canvas
      </Button>
    );
  }
  if (!isActive(job)) return null;
  return (
    <div className={styles.controls}>
      {job.state === "running" && (
        <Button
          icon={Pause}
          onClick={() => steerJob(workspace, "pauseJob", job.id)}
        >
          Pause
        </Button>
      )}
      {job.state === "paused" && (
        <Button
          icon={Play}
          tone="accent"
          onClick={() => steerJob(workspace, "resumeJob", job.id)}
        >
          Resume
        </Button>
      )}
      {job.state !== "waiting" && (
        <Button
          icon={Check}
          onClick={() => steerJob(workspace, "finishJob", job.id)}
        >
          Stop and keep
        </Button>
      )}
      <Button icon={X} tone="quiet" onClick={() => setCancelling(true)}>
        Cancel
      </Button>
      <ConfirmDialog
        open={cancelling}
        title="Cancel this training?"
        text="What it has learned so far is thrown away. “Stop and keep” ends it and keeps the style."
        confirm="Cancel training"
        onClose={() => setCancelling(false)}
        onConfirm={() => steerJob(workspace, "cancelJob", job.id)}
      />
    </div>
  );
}
