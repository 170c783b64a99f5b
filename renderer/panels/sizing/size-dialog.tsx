import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import controls from "../controls/controls.module.css";
import dialog from "../controls/dialog.module.css";
import styles from "./sizing.module.css";

interface Properties {
  title: string;
  /** What the button that does it says. */
  confirm: string;
  /** What will come of it. */
  summary: string;
  children: ReactNode;
  onConfirm: () => void;
}

/** A dialog that asks for a size; Enter does it, Escape leaves all as it is. */
export function SizeDialog({
  title,
  confirm,
  summary,
  children,
  onConfirm,
}: Properties) {
  const { store } = useWorkspace();
  const close = () => store.setState({ sizing: null });
  return (
    <Dialog.Root open onOpenChange={(shown) => !shown && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialog.overlay} />
        <Dialog.Content className={dialog.dialog}>
          <Dialog.Title className={dialog.title}>{title}</Dialog.Title>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              close();
              onConfirm();
            }}
          >
            <div className={styles.content}>{children}</div>
            <Dialog.Description className={styles.summary}>
              {summary}
            </Dialog.Description>
            <div className={dialog.buttons}>
              <Button onClick={close}>Cancel</Button>
              <button
                type="submit"
                className={controls.button}
                data-tone="accent"
              >
                {confirm}
              </button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
