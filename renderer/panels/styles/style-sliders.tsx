import { RefreshCw } from "lucide-react";
import type { StyledLayer } from "../../../common/document/document.ts";
import { preview } from "../../state/edits.ts";
import { changeLayer } from "../../state/layers.ts";
import { isStale, jobOf, restyle } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Button } from "../controls/button.tsx";
import { Slider } from "../controls/slider.tsx";
import {
  brushSizeLabel,
  brushSizeOf,
  brushSizePosition,
} from "./brush-size.ts";
import styles from "./styles.module.css";

const percent = (value: number) => `${Math.round(value * 100)} %`;

/** How the selected layer's style is applied. Strength and colours show at once; brush size asks the engine. */
export function StyleSliders({ layer }: { layer: StyledLayer }) {
  const workspace = useWorkspace();
  const busy = usePage((state) => jobOf(state.jobs, layer.id) !== undefined);
  const stale = usePage((state) => {
    // A brush size that is still being dragged is not yet asked for.
    const kept = state.preview === null;
    return kept && isStale(layer);
  });
  const { locked } = layer;
  return (
    <div className={styles.sliders}>
      <Slider
        label="Strength"
        value={layer.strength}
        min={0}
        max={1}
        step={0.01}
        format={percent}
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
        min={0}
        max={1}
        step={0.01}
        format={percent}
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
        label="Brush size"
        value={brushSizePosition(layer.style.brushSize)}
        min={-2}
        max={2}
        step={0.25}
        format={(position) => brushSizeLabel(brushSizeOf(position))}
        disabled={locked}
        onPreview={(position) =>
          preview(workspace, layer.id, {
            style: { ...layer.style, brushSize: brushSizeOf(position) },
          })
        }
        onCommit={(position) => {
          const brushSize = brushSizeOf(position);
          changeLayer(
            workspace,
            layer.id,
            `Brush size ${brushSizeLabel(brushSize)}`,
            {
              style: { ...layer.style, brushSize },
            },
          );
          restyle(workspace, layer.id);
        }}
      />
      {stale && !busy && (
        <Button
          icon={RefreshCw}
          disabled={locked}
          onClick={() => restyle(workspace, layer.id)}
        >
          {layer.result ? "Paint again" : "Paint now"}
        </Button>
      )}
    </div>
  );
}
