import { Slider as Radix } from "radix-ui";
import styles from "./slider.module.css";

interface Properties {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  format: (value: number) => string;
  /** While the hand moves. */
  onPreview: (value: number) => void;
  /** Where it let go. */
  onCommit: (value: number) => void;
  disabled?: boolean;
}

/** A named slider with its value; one drag is one commit. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  format,
  onPreview,
  onCommit,
  disabled,
}: Properties) {
  return (
    <div className={styles.slider}>
      <span className={styles.sliderLabel}>{label}</span>
      <output className={styles.sliderValue}>{format(value)}</output>
      <Radix.Root
        className={styles.sliderRoot}
        value={[value]}
        min={min}
        max={max}
        step={step}
        disabled={disabled ?? false}
        onValueChange={([next]) => next !== undefined && onPreview(next)}
        // By keyboard Radix tells of the commit before it tells of the change.
        onValueCommit={([next]) =>
          next !== undefined && queueMicrotask(() => onCommit(next))
        }
      >
        <Radix.Track className={styles.sliderTrack}>
          <Radix.Range className={styles.sliderRange} />
        </Radix.Track>
        <Radix.Thumb
          className={styles.sliderThumb}
          aria-label={label}
          aria-valuetext={format(value)}
        />
      </Radix.Root>
    </div>
  );
}
