import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Fragment } from "react";
import type { BlendMode } from "../../../common/document/blend-mode.ts";
import controls from "../controls/controls.module.css";
import { blendModeName, blendModeSections } from "./blend-mode-names.ts";

type Mode = BlendMode | "passThrough";

interface Properties {
  mode: Mode;
  /** Groups can also pass through. */
  group: boolean;
  disabled: boolean;
  onChoose: (mode: Mode) => void;
  /** A mode that the artist looks at before choosing; null when they look away. */
  onTry: (mode: Mode | null) => void;
}

/** Blend modes as Photoshop lists them; each shows on the canvas while the pointer is on it. */
export function BlendModeMenu({
  mode,
  group,
  disabled,
  onChoose,
  onTry,
}: Properties) {
  const sections: readonly (readonly Mode[])[] = group
    ? [["passThrough"], ...blendModeSections]
    : blendModeSections;
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(open) => !open && onTry(null)}
    >
      <DropdownMenu.Trigger
        className={controls.select}
        disabled={disabled}
        aria-label="Blend mode"
      >
        <span className={controls.name}>{blendModeName(mode)}</span>
        <ChevronDown size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={controls.menu}
          data-scroll
          align="start"
          sideOffset={4}
        >
          {sections.map((section, position) => (
            <Fragment key={section[0]}>
              {position > 0 && (
                <DropdownMenu.Separator className={controls.separator} />
              )}
              {section.map((choice) => (
                <DropdownMenu.Item
                  key={choice}
                  className={controls.item}
                  onFocus={() => onTry(choice)}
                  onSelect={() => onChoose(choice)}
                >
                  <span className={controls.itemMark}>
                    {choice === mode && <Check size={14} />}
                  </span>
                  {blendModeName(choice)}
                </DropdownMenu.Item>
              ))}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
