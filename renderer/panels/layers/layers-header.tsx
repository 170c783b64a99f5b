import type { Document } from "../../../common/document/document.ts";
import type { LayerChange } from "../../../common/document/operation.ts";
import { findLayer } from "../../../common/document/tree.ts";
import { endPreview, preview } from "../../state/edits.ts";
import { selectedLayers } from "../../state/layer-selection.ts";
import { changeLayers, named, selectedLayer } from "../../state/layers.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { Slider } from "../controls/slider.tsx";
import { BlendModeMenu } from "./blend-mode-menu.tsx";
import { blendModeName } from "./blend-mode-names.ts";
import styles from "./layers.module.css";

const percent = (value: number) => `${Math.round(value * 100)} %`;

/** How what is selected lies on the layers below. @param document as it is shown */
export function LayersHeader({ document }: { document: Document }) {
  const workspace = useWorkspace();
  // What the menu ticks and the history names is the layer as it is, not as it is being tried.
  const kept = usePage(selectedLayer);
  const locked = usePage((state) =>
    selectedLayers(state).some((layer) => layer.locked),
  );
  const groups = usePage((state) =>
    selectedLayers(state).every((layer) => layer.kind === "group"),
  );
  const shown = kept && findLayer(document, kept.id);
  if (!kept || !shown) return null;
  const selected = () => selectedLayers(workspace.store.getState());
  const ids = () => selected().map(({ id }) => id);
  const keep = (label: string, change: LayerChange) => {
    const layers = selected();
    const of = layers.length > 1 ? ` of ${named(layers)}` : "";
    changeLayers(workspace, ids(), `${label}${of}`, change);
  };
  return (
    <div className={styles.header}>
      <BlendModeMenu
        mode={kept.blendMode}
        group={groups}
        disabled={locked}
        onTry={(blendMode) => {
          if (blendMode === null) endPreview(workspace);
          else preview(workspace, ids(), { blendMode });
        }}
        onChoose={(blendMode) =>
          keep(`Blend: ${blendModeName(blendMode)}`, { blendMode })
        }
      />
      <Slider
        label="Opacity"
        value={shown.opacity}
        min={0}
        max={1}
        step={0.01}
        format={percent}
        disabled={locked}
        onPreview={(opacity) => preview(workspace, ids(), { opacity })}
        onCommit={(opacity) => keep(`Opacity ${percent(opacity)}`, { opacity })}
      />
    </div>
  );
}
