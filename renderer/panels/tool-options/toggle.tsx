import { Check } from "lucide-react";
import { Checkbox } from "radix-ui";
import styles from "./tool-options.module.css";

interface Properties {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** A named box with a tick. */
export function Toggle({ label, on, onChange }: Properties) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Radix's box is one
    <label className={styles.toggle}>
      <Checkbox.Root
        className={styles.box}
        checked={on}
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
