import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { Toast } from "radix-ui";
import { dismiss } from "../../state/notices.ts";
import type { Notice } from "../../state/page-state.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import controls from "../controls/controls.module.css";
import styles from "./overlays.module.css";

/** Milliseconds that a notice stays at least, and for each letter: failures long enough to be read twice. */
const shortest = { plain: 4000, failure: 12_000 };
const perLetter = 80;

function durationOf({ tone, message, hint }: Notice): number {
  const letters = message.length + (hint?.length ?? 0);
  return Math.max(shortest[tone], letters * perLetter);
}

/** Sentences for the artist, in the corner. */
export function Notices() {
  const workspace = useWorkspace();
  const notices = usePage((state) => state.notices);
  return (
    <Toast.Provider swipeDirection="right" label="Notice">
      {notices.map((notice) => (
        <Toast.Root
          key={notice.id}
          className={styles.notice}
          data-tone={notice.tone}
          data-testid="notice"
          type={notice.tone === "failure" ? "foreground" : "background"}
          duration={durationOf(notice)}
          onOpenChange={(open) => !open && dismiss(workspace, notice.id)}
        >
          <span className={styles.noticeIcon}>
            {notice.tone === "failure" ? (
              <TriangleAlert size={16} />
            ) : (
              <CircleCheck size={16} />
            )}
          </span>
          <div>
            <Toast.Title className={styles.noticeMessage}>
              {notice.message}
            </Toast.Title>
            {notice.hint && (
              <Toast.Description className={styles.noticeHint}>
                {notice.hint}
              </Toast.Description>
            )}
          </div>
          <Toast.Close
            className={controls.icon}
            data-small="true"
            aria-label="Dismiss"
          >
            <X size={14} />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className={styles.notices} />
    </Toast.Provider>
  );
}
