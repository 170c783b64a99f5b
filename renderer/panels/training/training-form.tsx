import { Brush, Camera, GraduationCap } from "lucide-react";
import {
  changeDraft,
  missingForTraining,
  startTraining,
} from "../../state/training.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { AdviceList } from "./advice-list.tsx";
import { DatasetDrop } from "./dataset-drop.tsx";
import styles from "./form.module.css";
import { QualityChoice } from "./quality-choice.tsx";

/** What a training needs: drawings, a name, some time; photographs if one has them. */
export function TrainingForm() {
  const workspace = useWorkspace();
  const draft = usePage((state) => state.draft);
  const missing = missingForTraining(draft);
  return (
    <div className={styles.form}>
      <h1 className={styles.heading}>Teach Fude your style</h1>
      <p className={styles.lead}>
        Give it a folder of your drawings, ten or more. It learns on this
        machine; nothing leaves it.
      </p>
      <DatasetDrop
        kind="drawings"
        title="Drop a folder of drawings"
        about="or click to choose one. The more they look alike, the clearer the style."
        icon={Brush}
      />
      <DatasetDrop
        kind="photos"
        title="Photographs to practise on (optional)"
        about="Such as you want to restyle later. Without them it practises on the drawings."
        icon={Camera}
      />
      <label className={styles.field}>
        <span className={styles.fieldLabel}>Name of the style</span>
        <input
          className={styles.input}
          value={draft.name}
          maxLength={255}
          placeholder="My ink line"
          data-testid="style-name"
          onChange={(event) =>
            changeDraft(workspace, { name: event.currentTarget.value })
          }
        />
      </label>
      <QualityChoice />
      {draft.estimate.advice.length > 0 && (
        <AdviceList advice={draft.estimate.advice} />
      )}
      <footer className={styles.formFooter}>
        <Button
          icon={GraduationCap}
          tone="accent"
          large
          disabled={missing !== null}
          onClick={() => startTraining(workspace)}
        >
          Start training
        </Button>
        <span className={styles.missing} role="status">
          {missing ??
            "You can pause, or stop early and keep what it has learned."}
        </span>
      </footer>
    </div>
  );
}
