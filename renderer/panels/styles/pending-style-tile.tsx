import { LoaderCircle } from "lucide-react";
import { useState } from "react";
import type { PendingStyle } from "../../state/page-state.ts";
import styles from "./styles.module.css";

/** A picture whose style is being made. */
export function PendingStyleTile({ pending }: { pending: PendingStyle }) {
  /** Browsers do not show every kind of picture that the studio reads. */
  const [shown, setShown] = useState(true);
  return (
    <div
      className={styles.tile}
      role="status"
      aria-label={`Making a style of ${pending.name}`}
      data-testid="pending-style"
    >
      <span className={styles.pending}>
        {shown && (
          <img
            className={styles.picture}
            src={pending.picture}
            alt=""
            draggable={false}
            onError={() => setShown(false)}
          />
        )}
        <span className={styles.pendingVeil}>
          <LoaderCircle className={styles.spin} size={20} strokeWidth={1.75} />
        </span>
      </span>
      <span className={styles.name}>{pending.name}</span>
    </div>
  );
}
