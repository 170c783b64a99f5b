import { setToolOptions } from "../../state/tool-options.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionButton, ActionIcon } from "../controls/action-button.tsx";
import { Slider } from "../controls/slider.tsx";
import styles from "./tool-options.module.css";

/** Softens and moves the edges of what is chosen, or of the mask, and makes a mask of it. */
export function EdgeOptions() {
  const workspace = useWorkspace();
  const radius = usePage((state) => state.toolOptions.radius);
  const set = (value: number) => setToolOptions(workspace, { radius: value });
  return (
    <>
      <span className={styles.slot}>
        <Slider
          label="Edge"
          value={radius}
          min={1}
          max={100}
          step={1}
          format={(value) => `${value} px`}
          onPreview={set}
          onCommit={set}
        />
      </span>
      <span className={styles.group}>
        <ActionIcon action="feather" small />
        <ActionIcon action="grow" small />
        <ActionIcon action="shrink" small />
      </span>
      <ActionButton action="add-mask" />
    </>
  );
}
