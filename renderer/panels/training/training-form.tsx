import { Brush, Camera, GraduationCap } from "lucide-react";
import {
  changeDraft,
  missingForTraining,
  startTraining,
} from "../../state/training.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { DatasetDrop } from "./dataset-drop.tsx";
import styles from "./form.module.css";
import { MinutesField } from "./minutes-field.tsx";

const choices: readonly { minutes: number; label: string; about: string }[] = [
  { minutes: 3, label: "Quick", about: "3 min" },
  { minutes: 10, label: "Good", about: "10 min" },
  { minutes: 30, label: "Fine", about: "30 min" },
];

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
      <div className={styles.fields}>
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
        <MinutesField />
      </div>
      <fieldset className={styles.choices} aria-label="Quality">
        {choices.map((choice) => (
          <button
            key={choice.minutes}
            type="button"
            className={styles.choice}
            aria-pressed={draft.minutes === choice.minutes}
            onClick={() => changeDraft(workspace, { minutes: choice.minutes })}
          >
            <strong>{choice.label}</strong>
            <span>{choice.about}</span>
          </button>
        ))}
      </fieldset>
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
