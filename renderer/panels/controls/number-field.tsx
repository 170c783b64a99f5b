import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import styles from "./number-field.module.css";

interface Properties {
  label: string;
  /** What stands before the number where the label would be too long. */
  short?: string;
  value: number;
  unit: string;
  min?: number;
  max?: number;
  /** Digits after the point. */
  digits?: number;
  disabled?: boolean;
  /** As soon as the number is another one that can be taken, or, with `live` off, once it is entered. */
  onChange: (value: number) => void;
  live?: boolean;
}

/** A number to type: Enter or Tab takes it, Escape leaves it, arrows go by one and with Shift by ten. */
export function NumberField({
  label,
  short,
  value,
  unit,
  min = -1e6,
  max = 1e6,
  digits = 0,
  disabled,
  onChange,
  live,
}: Properties) {
  const shown = format(value, digits);
  const [typed, setTyped] = useState<string | null>(null);
  const left = useRef(false);

  // Another number from elsewhere takes the place of one that is half typed; one's own typing does not.
  useEffect(() => {
    if (!live) setTyped((text) => (text === null ? text : shown));
  }, [shown, live]);

  const take = (text: string): void => {
    const number = Number.parseFloat(text.replace(",", "."));
    if (!Number.isFinite(number)) return;
    const held = Math.min(max, Math.max(min, number));
    if (format(held, digits) !== shown) onChange(held);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const from = Number.parseFloat(typed ?? shown) || 0;
      const next = from + step * (event.shiftKey ? 10 : 1);
      const held = Math.min(max, Math.max(min, next));
      setTyped(format(held, digits));
      onChange(held);
    }
    if (event.key === "Enter" && !live) {
      take(event.currentTarget.value);
    }
    // Either way the keys are the canvas's again.
    if ((event.key === "Enter" || event.key === "Escape") && !live) {
      left.current = true;
      event.currentTarget.blur();
    }
  };
  return (
    <label className={styles.field} data-disabled={disabled}>
      <span className={styles.label}>{short ?? label}</span>
      <input
        className={styles.input}
        aria-label={label}
        inputMode="decimal"
        disabled={disabled}
        value={typed ?? shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          if (live) take(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          if (!left.current) take(event.currentTarget.value);
          left.current = false;
          setTyped(null);
        }}
      />
      <span className={styles.unit}>{unit}</span>
    </label>
  );
}

/** Without digits that say nothing. */
function format(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return String(Number.parseFloat(text));
}
