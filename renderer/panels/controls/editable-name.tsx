import { useEffect, useRef } from "react";
import styles from "./controls.module.css";

interface Properties {
  name: string;
  label: string;
  editing: boolean;
  onEdit: () => void;
  /** Given null when the artist thought better of it. */
  onDone: (name: string | null) => void;
}

/** A name that turns into a field on a double click; Enter keeps what was typed, Escape does not. */
export function EditableName({
  name,
  label,
  editing,
  onEdit,
  onDone,
}: Properties) {
  const input = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  useEffect(() => {
    if (!editing) return;
    finished.current = false;
    input.current?.focus();
    input.current?.select();
  }, [editing]);

  if (!editing) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's way is the rename action (F2)
      <span className={styles.name} onDoubleClick={onEdit} title={name}>
        {name}
      </span>
    );
  }
  // Losing the focus follows on Enter and Escape, and must not count again.
  const finish = (value: string | null) => {
    if (finished.current) return;
    finished.current = true;
    const typed = value?.trim().slice(0, 255);
    onDone(typed && typed !== name ? typed : null);
  };
  return (
    <input
      ref={input}
      className={styles.nameInput}
      aria-label={label}
      defaultValue={name}
      onBlur={(event) => finish(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== "Enter" && event.key !== "Escape") return;
        // Whatever gets the focus next must not be pressed by the same key.
        event.preventDefault();
        finish(event.key === "Enter" ? event.currentTarget.value : null);
      }}
    />
  );
}
