import styles from "./sizing.module.css";

export type Unit = "px" | "%";

/** Pixels, or percent of what there is. */
export function UnitChoice({
  unit,
  onChange,
}: {
  unit: Unit;
  onChange: (unit: Unit) => void;
}) {
  return (
    <fieldset className={styles.units} aria-label="Unit">
      {(["px", "%"] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          className={styles.unit}
          aria-pressed={choice === unit}
          onClick={() => onChange(choice)}
        >
          {choice === "px" ? "Pixels" : "Percent"}
        </button>
      ))}
    </fieldset>
  );
}
