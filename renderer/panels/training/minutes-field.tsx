import { useState } from "react";
import { changeDraft } from "../../state/training.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import styles from "./form.module.css";

const least = 0.05;
const most = 10_000;

/** Minutes that a training may take. What is typed on the way to a number is left alone. */
export function MinutesField() {
  const workspace = useWorkspace();
  const minutes = usePage((state) => state.draft.minutes);
  /** What is in the field while it has the focus. */
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={styles.field}>
      <span className={styles.fieldLabel}>Minutes</span>
      <input
        className={styles.input}
        type="number"
        min={least}
        max={most}
        step="any"
        value={typed ?? String(minutes)}
        data-testid="training-minutes"
        onFocus={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          const chosen = event.currentTarget.valueAsNumber;
          if (chosen >= least && chosen <= most)
            changeDraft(workspace, { minutes: chosen });
        }}
      />
    </label>
  );
}
