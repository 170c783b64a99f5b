import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import type { Document } from "../../../common/document/document.ts";
import controls from "../../panels/controls/controls.module.css";
import {
  chooseEarlier,
  chooseSide,
  type EarlierStep,
  earlierSteps,
} from "../../state/compare.ts";
import { attempt } from "../../state/notices.ts";
import type { ComparedSide } from "../../state/page-state.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { sideName, styledLayersOf } from "../compositing/compared-document.ts";
import styles from "./compare.module.css";

const roles = ["First of the two", "Second of the two"] as const;

/** Sides that are the same have the same key. */
function keyOf(side: ComparedSide): string {
  switch (side.kind) {
    case "layer":
      return `layer ${side.layerId}`;
    case "earlier":
      return `earlier ${side.step}`;
    default:
      return side.kind;
  }
}

interface Properties {
  index: 0 | 1;
  document: Document;
}

/** Chooses what one side shows: the original, the result, a styled layer alone, or the picture after an earlier step. */
export function SideMenu({ index, document }: Properties) {
  const workspace = useWorkspace();
  const side = usePage((state) => state.compare.sides[index]);
  const [earlier, setEarlier] = useState<readonly EarlierStep[]>([]);
  const choose = (chosen: ComparedSide) => () =>
    chooseSide(workspace, index, chosen);
  const lookUp = () =>
    attempt(workspace, async () => setEarlier(await earlierSteps(workspace)));
  const styled = styledLayersOf(document);
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(open) => {
        if (open) lookUp();
      }}
    >
      <DropdownMenu.Trigger
        className={controls.select}
        aria-label={`${roles[index]}: ${sideName(document, side)}`}
      >
        <span className={styles.sideName}>{sideName(document, side)}</span>
        <ChevronDown size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={controls.menu}
          data-scroll
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
        >
          <DropdownMenu.RadioGroup value={keyOf(side)}>
            <Choice side="original" onSelect={choose({ kind: "original" })}>
              Original
            </Choice>
            <Choice side="result" onSelect={choose({ kind: "result" })}>
              Result
            </Choice>
            {styled.length > 0 && <Section>Styled layers, each alone</Section>}
            {styled.map(({ id, name }) => (
              <Choice
                key={id}
                side={keyOf({ kind: "layer", layerId: id })}
                onSelect={choose({ kind: "layer", layerId: id })}
              >
                {name}
              </Choice>
            ))}
            {earlier.length > 0 && <Section>As it was after</Section>}
            {earlier.map((step) => (
              <Choice
                key={step.step}
                side={`earlier ${step.step}`}
                onSelect={() => chooseEarlier(workspace, index, step)}
              >
                {step.label}
              </Choice>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Section({ children }: { children: ReactNode }) {
  return (
    <>
      <DropdownMenu.Separator className={controls.separator} />
      <DropdownMenu.Label className={styles.section}>
        {children}
      </DropdownMenu.Label>
    </>
  );
}

interface ChoiceProperties {
  side: string;
  onSelect: () => void;
  children: ReactNode;
}

function Choice({ side, onSelect, children }: ChoiceProperties) {
  return (
    <DropdownMenu.RadioItem
      className={controls.item}
      value={side}
      onSelect={onSelect}
    >
      <span className={controls.itemMark}>
        <DropdownMenu.ItemIndicator>
          <Check size={14} />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className={controls.itemLabel}>{children}</span>
    </DropdownMenu.RadioItem>
  );
}
