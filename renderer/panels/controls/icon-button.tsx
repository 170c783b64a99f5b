import type { LucideIcon } from "lucide-react";
import { Tooltip } from "radix-ui";
import styles from "./controls.module.css";
import { KeyCaps } from "./key-caps.tsx";

interface Properties {
  label: string;
  icon: LucideIcon;
  onClick: () => void;
  shortcut?: string | undefined;
  disabled?: boolean;
  /** For what is on or off. */
  pressed?: boolean | undefined;
  small?: boolean;
  side?: "top" | "right" | "bottom" | "left";
}

/** A button that is an icon; its name shows when the pointer rests on it. */
export function IconButton({
  label,
  icon: Icon,
  onClick,
  shortcut,
  disabled,
  pressed,
  small,
  side,
}: Properties) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          className={styles.icon}
          data-small={small}
          aria-label={label}
          aria-pressed={pressed}
          disabled={disabled}
          onClick={onClick}
        >
          <Icon size={16} strokeWidth={1.75} />
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          className={styles.tooltip}
          side={side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
        >
          {label}
          {shortcut && <KeyCaps shortcut={shortcut} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
