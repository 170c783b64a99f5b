import { ImagePlus } from "lucide-react";
import { ActionButton } from "../panels/controls/action-button.tsx";
import styles from "./canvas.module.css";

/** Nothing is open yet: what to do about it. */
export function EmptyCanvas() {
  return (
    <main className={styles.empty} aria-label="Canvas">
      <span className={styles.emptyIcon}>
        <ImagePlus size={28} strokeWidth={1.5} />
      </span>
      <h1 className={styles.emptyTitle}>Drop a picture here</h1>
      <p className={styles.emptyText}>
        A photograph, a sketch, a render. Paste works too.
      </p>
      <div className={styles.emptyActions}>
        <ActionButton action="open-pictures" tone="accent" />
        <ActionButton action="show-projects" />
      </div>
    </main>
  );
}
