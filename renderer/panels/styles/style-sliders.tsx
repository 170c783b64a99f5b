import type {
  StyledLayer,
  StyleParameters,
} from "../../../common/document/document.ts";
import { previewStyle } from "../../state/draft-styles.ts";
import { preview } from "../../state/edits.ts";
import { changeLayer } from "../../state/layers.ts";
import { setStyle } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Slider } from "../controls/slider.tsx";
import {
  brushSizeLabel,
  brushSizeOf,
  brushSizePosition,
} from "./brush-size.ts";
import styles from "./styles.module.css";

const percent = (value: number) => `${Math.round(value * 100)} %`;
const share = { min: 0, max: 1, step: 0.01, format: percent };

/**
 * How the selected layer's style is applied. Strength and colours are the canvas's own work and show within a frame; depth
 * and brush size ask the engine, which shows a draft while the hand moves.
 */
export function StyleSliders({ layer }: { layer: StyledLayer }) {
  const workspace = useWorkspace();
  const hasDepth = usePage(
    (state) =>
      state.styles?.find(({ id }) => id === layer.style.model)?.hasDepth ??
      false,
  );
  const { locked, style } = layer;
  const dial = (
    name: string,
    change: (value: number) => StyleParameters,
    format: (value: number) => string,
  ) => ({
    onPreview: (value: number) => previewStyle(workspace, layer, change(value)),
    onCommit: (value: number) =>
      setStyle(workspace, layer, `${name} ${format(value)}`, change(value)),
  });
  const brushLabel = (position: number) =>
    brushSizeLabel(brushSizeOf(position));
  return (
    <div className={styles.sliders}>
      <Slider
        label="Strength"
        value={layer.strength}
        {...share}
        disabled={locked}
        onPreview={(strength) => preview(workspace, layer.id, { strength })}
        onCommit={(strength) =>
          changeLayer(workspace, layer.id, `Strength ${percent(strength)}`, {
            strength,
          })
        }
      />
      <Slider
        label="Keep colours"
        value={layer.colourKeeping}
        {...share}
        disabled={locked}
        onPreview={(colourKeeping) =>
          preview(workspace, layer.id, { colourKeeping })
        }
        onCommit={(colourKeeping) =>
          changeLayer(
            workspace,
            layer.id,
            `Keep colours ${percent(colourKeeping)}`,
            { colourKeeping },
          )
        }
      />
      <Slider
        label="Depth"
        value={style.depth ?? 1}
        {...share}
        disabled={locked || !hasDepth}
        {...dial("Depth", (depth) => withDepth(style, depth), percent)}
      />
      <Slider
        label="Brush size"
        value={brushSizePosition(style.brushSize)}
        min={-2}
        max={2}
        step={0.25}
        format={brushLabel}
        disabled={locked}
        {...dial(
          "Brush size",
          (position) => ({ ...style, brushSize: brushSizeOf(position) }),
          brushLabel,
        )}
      />
    </div>
  );
}

/** The full depth goes without saying. */
function withDepth(
  { depth: _, ...style }: StyleParameters,
  depth: number,
): StyleParameters {
  return depth < 1 ? { ...style, depth } : style;
}
