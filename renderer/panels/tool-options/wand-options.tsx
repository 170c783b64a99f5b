import { Sun } from "lucide-react";
import { Popover } from "radix-ui";
import type { WandOptions as Wand } from "../../../common/selection/magic-wand.ts";
import { chooseBright } from "../../state/area.ts";
import { setToolOptions } from "../../state/tool-options.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionButton } from "../controls/action-button.tsx";
import controls from "../controls/controls.module.css";
import { Slider } from "../controls/slider.tsx";
import { Toggle } from "./toggle.tsx";
import styles from "./tool-options.module.css";

export function WandOptions() {
  const workspace = useWorkspace();
  const wand = usePage((state) => state.toolOptions.wand);
  const allLayers = usePage((state) => state.toolOptions.allLayers);
  const set = (change: Partial<Wand>) =>
    setToolOptions(workspace, { wand: { ...wand, ...change } });
  return (
    <>
      <span className={styles.slot}>
        <Slider
          label="Tolerance"
          value={wand.tolerance}
          min={0}
          max={255}
          step={1}
          format={String}
          onPreview={(tolerance) => set({ tolerance })}
          onCommit={(tolerance) => set({ tolerance })}
        />
      </span>
      <Toggle
        label="Contiguous"
        on={wand.contiguous}
        onChange={(contiguous) => set({ contiguous })}
      />
      <Toggle
        label="Smooth edge"
        on={wand.antiAlias}
        onChange={(antiAlias) => set({ antiAlias })}
      />
      <Toggle
        label="All layers"
        on={allLayers}
        onChange={(on) => setToolOptions(workspace, { allLayers: on })}
      />
      <Brightness />
      <span className={styles.spare}>
        <ActionButton action="add-mask" />
      </span>
    </>
  );
}

/** Chooses by brightness, anew each time that a hand lets go of a slider. */
function Brightness() {
  const workspace = useWorkspace();
  const range = usePage((state) => state.toolOptions.brightness);
  const slider = (label: string, property: keyof typeof range) => {
    const set = (value: number) =>
      setToolOptions(workspace, {
        brightness: { ...range, [property]: value },
      });
    return (
      <Slider
        label={label}
        value={range[property]}
        min={0}
        max={1}
        step={0.01}
        format={(value) => `${Math.round(value * 100)} %`}
        onPreview={set}
        onCommit={(value) => {
          set(value);
          chooseBright(workspace, "replace");
        }}
      />
    );
  };
  return (
    <Popover.Root
      onOpenChange={(open) => open && chooseBright(workspace, "replace")}
    >
      <Popover.Trigger className={controls.button} data-tone="quiet">
        <Sun size={16} strokeWidth={1.75} />
        Brightness
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          align="start"
          sideOffset={8}
          aria-label="Select by brightness"
        >
          {slider("From", "low")}
          {slider("To", "high")}
          {slider("Soft ends", "softness")}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
