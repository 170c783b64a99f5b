import { labelOf } from "../../state/actions/action.ts";
import { actionNamed } from "../../state/actions/actions.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

/** An action as a button with its words. */
export function ActionButton({
  action: name,
  tone,
}: {
  action: string;
  tone?: "plain" | "accent" | "quiet";
}) {
  const workspace = useWorkspace();
  const action = actionNamed(name);
  const applies = usePage((state) => action.applies?.(state) ?? true);
  return (
    <Button
      icon={action.icon}
      tone={tone ?? "plain"}
      disabled={!applies}
      onClick={() => action.perform(workspace)}
    >
      {action.label}
    </Button>
  );
}

interface IconProperties {
  action: string;
  small?: boolean;
  side?: "top" | "right" | "bottom" | "left";
}

/** An action as an icon; its name and key show when the pointer rests on it. */
export function ActionIcon({ action: name, small, side }: IconProperties) {
  const workspace = useWorkspace();
  const action = actionNamed(name);
  const applies = usePage((state) => action.applies?.(state) ?? true);
  const checked = usePage((state) => action.checked?.(state));
  const label = usePage((state) => labelOf(action, state));
  if (!action.icon) throw new Error(`The action "${name}" has no icon.`);
  return (
    <IconButton
      label={label}
      icon={action.icon}
      shortcut={action.shortcuts?.[0]}
      disabled={!applies}
      pressed={checked}
      small={small ?? false}
      side={side ?? "bottom"}
      onClick={() => action.perform(workspace)}
    />
  );
}
