import { keyCaps } from "../../state/actions/shortcut.ts";
import { onMac } from "../../state/keyboard.ts";
import styles from "./controls.module.css";

/** A shortcut as the keys that one presses. */
export function KeyCaps({ shortcut }: { shortcut: string }) {
  return (
    <span className={styles.keys}>
      {keyCaps(shortcut, onMac).map((cap) => (
        <kbd key={cap} className={styles.key}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
