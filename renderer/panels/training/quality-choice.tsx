import { useEffect } from "react";
import type { Quality } from "../../../common/training-quality.ts";
import { duration } from "../../state/jobs.ts";
import { changeDraft, estimateTraining } from "../../state/training.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import styles from "./form.module.css";

const choices: readonly { quality: Quality; label: string; about: string }[] = [
  { quality: "quick", label: "Quick", about: "To see where it goes" },
  { quality: "good", label: "Good", about: "For most work" },
  { quality: "fine", label: "Fine", about: "For finished pictures" },
];

/** How good the style is to become, and how long that takes on this machine. */
export function QualityChoice() {
  const workspace = useWorkspace();
  const { drawings, photos, quality, estimate } = usePage(
    (state) => state.draft,
  );
  const busy = usePage((state) =>
    state.jobs.some((job) => job.state === "running"),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: other pictures, or an engine that is free, give another answer
  useEffect(() => {
    estimateTraining(workspace);
  }, [workspace, drawings.dataset, photos.dataset, busy]);

  return (
    <fieldset className={styles.choices} aria-label="Quality">
      {choices.map((choice) => {
        const minutes = estimate.minutes?.[choice.quality];
        return (
          <button
            key={choice.quality}
            type="button"
            className={styles.choice}
            aria-pressed={quality === choice.quality}
            data-testid={`quality-${choice.quality}`}
            onClick={() => changeDraft(workspace, { quality: choice.quality })}
          >
            <span className={styles.choiceName}>
              <strong>{choice.label}</strong>
              <output
                className={styles.choiceTime}
                data-timing={estimate.timing}
              >
                {minutes !== undefined
                  ? `about ${duration(60 * minutes)}`
                  : estimate.timing && "timing…"}
              </output>
            </span>
            <span className={styles.choiceAbout}>{choice.about}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
