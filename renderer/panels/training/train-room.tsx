import { Plus } from "lucide-react";
import { isActive } from "../../state/jobs.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import styles from "./room.module.css";
import { TrainingForm } from "./training-form.tsx";
import { TrainingView } from "./training-view.tsx";
import { trainingWords } from "./training-words.ts";

/** Where styles are learned: past and present trainings at the left, one of them or the form at the right. */
export function TrainRoom() {
  const workspace = useWorkspace();
  const jobs = usePage((state) => state.jobs);
  const shownId = usePage((state) => state.shownTraining);
  const trainings = jobs.filter(
    (job) => job.kind === "train" && job.state !== "cancelled",
  );
  const shown = jobs.find((job) => job.id === shownId);
  const show = (id: string | null) =>
    workspace.store.setState({ shownTraining: id });
  return (
    <main
      className={styles.room}
      data-list={trainings.length > 0}
      aria-label="Train"
    >
      {trainings.length > 0 && (
        <nav className={styles.trainings} aria-label="Trainings">
          <button
            type="button"
            className={styles.training}
            aria-current={!shown}
            onClick={() => show(null)}
          >
            <span className={styles.trainingPicture}>
              <Plus size={16} />
            </span>
            <span className={styles.trainingName}>New style</span>
          </button>
          {trainings.map((job) => {
            const sample = job.training?.samples[0];
            return (
              <button
                key={job.id}
                type="button"
                className={styles.training}
                aria-current={job.id === shownId}
                onClick={() => show(job.id)}
              >
                {sample ? (
                  <img
                    className={styles.trainingPicture}
                    src={workspace.host.assetUrl(sample.asset, {
                      longestSide: 96,
                    })}
                    alt=""
                    draggable={false}
                  />
                ) : (
                  <span className={styles.trainingPicture} />
                )}
                <span className={styles.trainingName}>
                  {job.title}
                  <span className={styles.trainingState}>
                    {isActive(job)
                      ? `${Math.round((job.progress ?? 0) * 100)} %`
                      : trainingWords(job).split(".")[0]}
                  </span>
                </span>
              </button>
            );
          })}
        </nav>
      )}
      <div className={styles.content}>
        {shown ? <TrainingView key={shown.id} job={shown} /> : <TrainingForm />}
      </div>
    </main>
  );
}
