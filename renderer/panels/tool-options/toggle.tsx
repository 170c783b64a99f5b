import { Check } from "lucide-react";
import { Checkbox } from "radix-ui";
import styles from "./tool-options.module.css";

interface Properties {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  /** What stands in its way, for when it is disabled. */
  title?: string | undefined;
}

/** A named box with a tick. */
export function Toggle({ label, on, onChange, disabled, title }: Properties) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Radix's box is one
    <label className={styles.toggle} title={title} data-disabled={disabled}>
      <Checkbox.Root
        className={styles.box}
        checked={on}
        disabled={disabled ?? false}
        onCheckedChange={(checked) => onChange(checked === true)}
      >
        <Checkbox.Indicator>
          <Check size={12} strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {label}
    </label>
  );
}
