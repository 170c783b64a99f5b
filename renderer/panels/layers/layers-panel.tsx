import { useState } from "react";
import type { Layer } from "../../../common/document/document.ts";
import { findLayer } from "../../../common/document/tree.ts";
import { endPreview, preview } from "../../state/edits.ts";
import { changeLayer, selectedLayer } from "../../state/layers.ts";
import { shownDocument } from "../../state/shown-document.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { ActionIcon } from "../controls/action-button.tsx";
import { Slider } from "../controls/slider.tsx";
import { BlendModeMenu } from "./blend-mode-menu.tsx";
import { blendModeName } from "./blend-mode-names.ts";
import { LayerRow } from "./layer-row.tsx";
import styles from "./layers.module.css";
import { type Row, rowsOf } from "./rows.ts";

/** The document's layers, the top one first, and how the selected one lies on those below. */
export function LayersPanel() {
  const document = usePage(shownDocument);
  const selection = usePage((state) => state.selection);
  const [dragged, setDragged] = useState<Row | null>(null);
  if (!document)
    return (
      <p className={styles.nothing}>
        Layers of the open picture are listed here.
      </p>
    );
  const rows = rowsOf(document);
  const selected =
    selection === null ? undefined : findLayer(document, selection);
  return (
    <div className={styles.layers}>
      {selected && <Header layer={selected} />}
      <ul className={styles.list} aria-label="Layers">
        {rows.map((row) => (
          <LayerRow
            key={row.layer.id}
            row={row}
            selected={row.layer.id === selection}
            dragged={dragged}
            onDrag={setDragged}
          />
        ))}
      </ul>
      <div className={styles.tools} role="toolbar" aria-label="Layer">
        <ActionIcon action="duplicate-layer" small side="top" />
        <ActionIcon action="group-layer" small side="top" />
        <ActionIcon action="add-mask" small side="top" />
        <ActionIcon action="raise-layer" small side="top" />
        <ActionIcon action="lower-layer" small side="top" />
        <span className={styles.gap} />
        <ActionIcon action="delete-layer" small side="top" />
      </div>
    </div>
  );
}

function Header({ layer }: { layer: Layer }) {
  const workspace = useWorkspace();
  // What the menu ticks and the history names is the layer as it is, not as it is being tried.
  const kept = usePage(selectedLayer) ?? layer;
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  return (
    <div className={styles.header}>
      <BlendModeMenu
        mode={kept.blendMode}
        group={layer.kind === "group"}
        disabled={layer.locked}
        onTry={(mode) => {
          if (mode === null) endPreview(workspace);
          else preview(workspace, layer.id, { blendMode: mode });
        }}
        onChoose={(mode) =>
          changeLayer(workspace, layer.id, `Blend: ${blendModeName(mode)}`, {
            blendMode: mode,
          })
        }
      />
      <Slider
        label="Opacity"
        value={layer.opacity}
        min={0}
        max={1}
        step={0.01}
        format={percent}
        disabled={layer.locked}
        onPreview={(opacity) => preview(workspace, layer.id, { opacity })}
        onCommit={(opacity) =>
          changeLayer(workspace, layer.id, `Opacity ${percent(opacity)}`, {
            opacity,
          })
        }
      />
    </div>
  );
}
