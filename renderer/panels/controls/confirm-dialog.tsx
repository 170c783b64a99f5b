import { AlertDialog } from "radix-ui";
import styles from "./confirm-dialog.module.css";
import controls from "./controls.module.css";
import dialog from "./dialog.module.css";

interface Properties {
  open: boolean;
  title: string;
  text: string;
  /** What the button that does it says. */
  confirm: string;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  open,
  title,
  text,
  confirm,
  onClose,
  onConfirm,
}: Properties) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(shown) => !shown && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={dialog.overlay} />
        <AlertDialog.Content className={dialog.dialog}>
          <AlertDialog.Title className={dialog.title}>
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>
            {text}
          </AlertDialog.Description>
          <div className={dialog.buttons}>
            <AlertDialog.Cancel className={controls.button}>
              Keep
            </AlertDialog.Cancel>
            <AlertDialog.Action
              className={controls.button}
              data-tone="accent"
              onClick={onConfirm}
            >
              {confirm}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
