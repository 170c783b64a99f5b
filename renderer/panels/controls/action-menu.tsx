import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import {
  type Action,
  type ActionGroup,
  labelOf,
} from "../../state/actions/action.ts";
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
        <ActionWords action={action} />
      </DropdownMenu.Item>
    </>
  );
}

/** What a menu shows of an action: whether it is on, its name, its key. */
export function ActionWords({ action }: { action: Action }) {
  const checked = usePage((state) => action.checked?.(state) ?? false);
  const label = usePage((state) => labelOf(action, state));
  const shortcut = action.shortcuts?.[0];
  return (
    <>
      <span className={styles.itemMark}>{checked && <Check size={14} />}</span>
      <span className={styles.itemLabel}>{label}</span>
      {shortcut && <KeyCaps shortcut={shortcut} />}
    </>
  );
}
