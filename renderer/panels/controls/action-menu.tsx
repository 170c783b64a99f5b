import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Action, ActionGroup } from "../../state/actions/action.ts";
import { actionsIn } from "../../state/actions/actions.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import styles from "./controls.module.css";
import { KeyCaps } from "./key-caps.tsx";

/** What a menu shows of a group of actions. */
export function ActionMenuItems({ group }: { group: ActionGroup }) {
  return actionsIn(group)
    .filter((action) => !action.release)
    .map((action) => <ActionMenuItem key={action.name} action={action} />);
}

function ActionMenuItem({ action }: { action: Action }) {
  const workspace = useWorkspace();
  const applies = usePage((state) => action.applies?.(state) ?? true);
  const checked = usePage((state) => action.checked?.(state) ?? false);
  const shortcut = action.shortcuts?.[0];
  return (
    <>
      {action.startsSection && (
        <DropdownMenu.Separator className={styles.separator} />
      )}
      <DropdownMenu.Item
        className={styles.item}
        disabled={!applies}
        onSelect={() => action.perform(workspace)}
      >
        <span className={styles.itemMark}>
          {checked && <Check size={14} />}
        </span>
        <span className={styles.itemLabel}>{action.label}</span>
        {shortcut && <KeyCaps shortcut={shortcut} />}
      </DropdownMenu.Item>
    </>
  );
}
