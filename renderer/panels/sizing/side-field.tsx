import { NumberField } from "../controls/number-field.tsx";
import styles from "./sizing.module.css";
import type { Unit } from "./unit-choice.tsx";

interface Properties {
  label: string;
  /** In pixels. */
  value: number;
  /** What 100 % is, in pixels. */
  whole: number;
  unit: Unit;
  onChange: (pixels: number) => void;
}

/** Longest side that can be asked for. */
const longest = 300_000;

/** One side of a size, in pixels or in percent of what it was. */
export function SideField({ label, value, whole, unit, onChange }: Properties) {
  const percent = unit === "%";
  const to = (number: number) =>
    onChange(
      Math.max(1, Math.round(percent ? (number * whole) / 100 : number)),
    );
  return (
    <div className={styles.row}>
      <span>{label}</span>
      <NumberField
        label={label}
        short=""
        unit={percent ? "%" : "px"}
        value={percent ? (100 * value) / whole : value}
        digits={percent ? 1 : 0}
        min={percent ? (100 * 1) / whole : 1}
        max={percent ? (100 * longest) / whole : longest}
        live
        onChange={to}
      />
    </div>
  );
}
