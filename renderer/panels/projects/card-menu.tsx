import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import controls from "../controls/controls.module.css";

interface Properties {
  /** Of the project. */
  name: string;
  items: readonly { label: string; onSelect: () => void }[];
}

/** What else can be done with a project. */
export function CardMenu({ name, items }: Properties): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={controls.icon}
        data-small="true"
        aria-label={`More about ${name}`}
      >
        <Ellipsis size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        {/* The name's field may take the focus, so the menu must not give it back to its button. */}
        <DropdownMenu.Content
          className={controls.menu}
          align="end"
          sideOffset={4}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {items.map(({ label, onSelect }) => (
            <DropdownMenu.Item
              key={label}
              className={controls.item}
              onSelect={onSelect}
            >
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
