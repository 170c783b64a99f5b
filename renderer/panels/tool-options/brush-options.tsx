import { selectedLayer } from "../../state/layers.ts";
import {
  largestBrush,
  setBrush,
  smallestBrush,
} from "../../state/tool-options.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Slider } from "../controls/slider.tsx";
import { Toggle } from "./toggle.tsx";
import styles from "./tool-options.module.css";

const percent = (value: number) => `${Math.round(value * 100)} %`;

/** Sizes along the slider: each tenth of it takes the same factor. */
const sizeAt = (share: number) =>
  Math.round(smallestBrush * (largestBrush / smallestBrush) ** share);
const shareOf = (size: number) =>
  Math.log(size / smallestBrush) / Math.log(largestBrush / smallestBrush);

export function BrushOptions() {
  const workspace = useWorkspace();
  const brush = usePage((state) => state.toolOptions.brush);
  const tool = usePage((state) => state.tool);
  const unmasked = usePage((state) => selectedLayer(state)?.mask === null);
  const share = (
    label: string,
    property: "hardness" | "flow" | "smoothing",
    min: number,
  ) => {
    const set = (value: number) => setBrush(workspace, { [property]: value });
    return (
      <span className={styles.slot}>
        <Slider
          label={label}
          value={brush[property]}
          min={min}
          max={1}
          step={0.01}
          format={percent}
          onPreview={set}
          onCommit={set}
        />
      </span>
    );
  };
  const setSize = (at: number) => setBrush(workspace, { size: sizeAt(at) });
  return (
    <>
      <span className={styles.slot}>
        <Slider
          label="Size"
          value={shareOf(brush.size)}
          min={0}
          max={1}
          step={0.005}
          format={() => `${brush.size} px`}
          onPreview={setSize}
          onCommit={setSize}
        />
      </span>
      {share("Hardness", "hardness", 0)}
      {share("Flow", "flow", 0.01)}
      {share("Smoothing", "smoothing", 0)}
      <Toggle
        label="Pressure"
        on={brush.pressure}
        onChange={(pressure) => setBrush(workspace, { pressure })}
      />
      {unmasked && (
        <span className={`${styles.hint} ${styles.spare}`}>
          {tool === "brush"
            ? "No mask yet: the layer will show only where you paint"
            : "No mask yet: the layer will be hidden where you paint"}
        </span>
      )}
    </>
  );
}
