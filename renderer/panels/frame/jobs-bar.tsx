import { Pause, Play, X } from "lucide-react";
import { Popover } from "radix-ui";
import type { Job } from "../../../common/contract/studio.ts";
import { duration, isActive, steerJob } from "../../state/jobs.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { IconButton } from "../controls/icon-button.tsx";
import styles from "./status.module.css";

const order: readonly Job["state"][] = ["running", "paused", "waiting"];

/** Work that is under way, the running piece first; the others on a click. */
export function JobsBar() {
  const jobs = usePage((state) => state.jobs);
  const active = jobs
    .filter(isActive)
    .toSorted(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        a.createdAt - b.createdAt,
    );
  const [first, ...others] = active;
  if (!first) return <div className={styles.statusPart} data-testid="jobs" />;
  return (
    <div className={styles.statusPart} data-testid="jobs">
      <JobRow job={first} />
      {others.length > 0 && (
        <Popover.Root>
          <Popover.Trigger className={styles.more}>
            {others.length} more
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className={styles.popover}
              side="top"
              align="start"
              sideOffset={8}
              collisionPadding={8}
            >
              <h3 className={styles.popoverTitle}>Next</h3>
              <div className={styles.jobList}>
                {others.map((job) => (
                  <JobRow key={job.id} job={job} />
                ))}
              </div>
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </div>
  );
}

function JobRow({ job }: { job: Job }) {
  const workspace = useWorkspace();
  const share = job.progress ?? 0;
  const time =
    job.state === "waiting"
      ? "Waiting"
      : job.state === "paused"
        ? "Paused"
        : job.secondsLeft === null
          ? job.progress === null
            ? "Starting"
            : `${Math.round(share * 100)} %`
          : `${duration(job.secondsLeft)} left`;
  return (
    <div className={styles.job} data-state={job.state} data-testid="job">
      <span className={styles.jobTitle} title={job.title}>
        {job.title}
      </span>
      <span
        className={styles.jobTrack}
        role="progressbar"
        aria-label={job.title}
        aria-valuenow={Math.round(share * 100)}
      >
        <span
          className={styles.jobBar}
          style={{ transform: `scaleX(${share})` }}
        />
      </span>
      <span className={styles.jobTime}>{time}</span>
      {job.kind === "train" && job.state === "running" && (
        <IconButton
          label="Pause"
          icon={Pause}
          small
          side="top"
          onClick={() => steerJob(workspace, "pauseJob", job.id)}
        />
      )}
      {job.state === "paused" && (
        <IconButton
          label="Resume"
          icon={Play}
          small
          side="top"
          onClick={() => steerJob(workspace, "resumeJob", job.id)}
        />
      )}
      {/* A training is hours of work: the train room cancels it, after asking. */}
      {job.kind === "stylize" && (
        <IconButton
          label="Cancel"
          icon={X}
          small
          side="top"
          onClick={() => steerJob(workspace, "cancelJob", job.id)}
        />
      )}
    </div>
  );
}
