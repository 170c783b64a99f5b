import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { actionGroups, groupLabels } from "../../state/actions/action.ts";
import { actionsIn } from "../../state/actions/actions.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import controls from "../controls/controls.module.css";
import { KeyCaps } from "../controls/key-caps.tsx";
import styles from "./overlays.module.css";

/** Every key there is, from the actions themselves. */
export function ShortcutSheet() {
  const workspace = useWorkspace();
  const open = usePage((state) => state.shortcutsShown);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(shown) =>
        workspace.store.setState({ shortcutsShown: shown })
      }
    >
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content className={styles.sheet} aria-describedby={undefined}>
          <header className={styles.sheetHeader}>
            <Dialog.Title className={styles.sheetTitle}>
              Keyboard shortcuts
            </Dialog.Title>
            <Dialog.Close className={controls.icon} aria-label="Close">
              <X size={16} />
            </Dialog.Close>
          </header>
          <div className={styles.sheetGroups}>
            {actionGroups.map((group) => (
              <section key={group} className={styles.sheetGroup}>
                <h3 className={styles.sheetGroupTitle}>{groupLabels[group]}</h3>
                {actionsIn(group)
                  .filter((action) => action.shortcuts?.length)
                  .map((action) => (
                    <div key={action.name} className={styles.sheetRow}>
                      <span>{action.label}</span>
                      <KeyCaps shortcut={action.shortcuts?.[0] ?? ""} />
                    </div>
                  ))}
              </section>
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
