import { ContextMenu } from "radix-ui";
import { Fragment, type ReactNode } from "react";
import type { Action } from "../../state/actions/action.ts";
import { actionNamed } from "../../state/actions/actions.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionWords } from "./action-menu.tsx";
import styles from "./controls.module.css";

interface Properties {
  /** Names of actions, in sections. */
  sections: readonly (readonly string[])[];
  /** One element, which opens the menu. */
  children: ReactNode;
}

/** Actions on a right click. */
export function ActionContextMenu({ sections, children }: Properties) {
  const { store } = useWorkspace();
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={styles.menu}
          collisionPadding={8}
          // The field in which a name is typed keeps the focus.
          onCloseAutoFocus={(event) =>
            store.getState().renaming !== null && event.preventDefault()
          }
        >
          {sections.map((names, position) => (
            <Fragment key={names[0]}>
              {position > 0 && (
                <ContextMenu.Separator className={styles.separator} />
              )}
              {names.map((name) => (
                <Item key={name} action={actionNamed(name)} />
              ))}
            </Fragment>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Item({ action }: { action: Action }) {
  const workspace = useWorkspace();
  const applies = usePage((state) => action.applies?.(state) ?? true);
  return (
    <ContextMenu.Item
      className={styles.item}
      disabled={!applies}
      onSelect={() => action.perform(workspace)}
    >
      <ActionWords action={action} />
    </ContextMenu.Item>
  );
}
