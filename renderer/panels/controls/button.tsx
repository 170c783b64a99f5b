import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./controls.module.css";

interface Properties {
  children: ReactNode;
  onClick: () => void;
  icon?: LucideIcon | undefined;
  tone?: "plain" | "accent" | "quiet";
  large?: boolean;
  disabled?: boolean;
  /** What stands in its way, for when it is disabled. */
  title?: string | undefined;
}

export function Button({
  children,
  onClick,
  icon: Icon,
  tone = "plain",
  large,
  disabled,
  title,
}: Properties) {
  return (
    <button
      type="button"
      className={styles.button}
      data-tone={tone}
      data-large={large}
      disabled={disabled}
      title={title}
      onClick={onClick}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} />}
      {children}
    </button>
  );
}
