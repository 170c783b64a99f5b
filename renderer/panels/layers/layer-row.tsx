import { ChevronRight, Eye, EyeOff, Lock, LockOpen } from "lucide-react";
import { type MouseEvent, memo } from "react";
import type { Layer } from "../../../common/document/document.ts";
import { fold } from "../../state/folding.ts";
import type { Row } from "../../state/layer-rows.ts";
import { select, selectedLayers } from "../../state/layer-selection.ts";
import { changeLayer, changeLayers, named } from "../../state/layers.ts";
import { toggleSolo } from "../../state/solo.ts";
import { jobOf } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { EditableName } from "../controls/editable-name.tsx";
import type { DropPlace } from "./drop-place.ts";
import { LayerThumbnail } from "./layer-thumbnail.tsx";
import styles from "./layers.module.css";
import { MaskThumbnail } from "./mask-thumbnail.tsx";

interface Properties {
  row: Row;
  selected: boolean;
  /** Other layers are selected as well. */
  several: boolean;
  /** Tab comes here. */
  tabStop: boolean;
  dragged: boolean;
  /** Where layers that are being dragged would go. */
  over: DropPlace["side"] | null;
  onClick: (event: MouseEvent, layerId: string) => void;
}

/** A layer in the list. */
export const LayerRow = memo(function LayerRow({
  row,
  selected,
  several,
  tabStop,
  dragged,
  over,
  onClick,
}: Properties) {
  const workspace = useWorkspace();
  const { layer } = row;
  const progress = usePage((state) => jobOf(state.jobs, layer.id)?.progress);
  /** Which of both commands go to; told only where there is a choice. */
  const targeted = usePage((state) => {
    if (state.selection !== layer.id || layer.mask === null) return null;
    return state.maskTargeted ? "mask" : "layer";
  });
  /** A switch of one of several that are selected is one for all of them. */
  const set = (
    label: string,
    change: { visible: boolean } | { locked: boolean },
  ) => {
    const layers =
      selected && several
        ? selectedLayers(workspace.store.getState())
        : [layer];
    const ids = layers.map(({ id }) => id);
    changeLayers(workspace, ids, `${label} ${named(layers)}`, change);
  };
  const inner = tabStop ? 0 : -1;
  return (
    <div
      className={styles.row}
      role="treeitem"
      aria-label={layer.name}
      aria-level={row.depth + 1}
      aria-selected={selected}
      aria-expanded={layer.kind === "group" ? !row.folded : undefined}
      tabIndex={inner}
      data-layer={layer.id}
      data-testid="layer"
      data-kind={layer.kind}
      data-selected={selected}
      data-hidden={!layer.visible}
      data-dragged={dragged}
      data-over={over}
      onClick={(event) => onClick(event, layer.id)}
      onKeyDown={(event) =>
        event.key === "Enter" &&
        event.target === event.currentTarget &&
        select(workspace, layer.id)
      }
      onContextMenu={() => !selected && select(workspace, layer.id)}
      {...(layer.kind === "styled" &&
        !layer.locked && {
          "data-styled-layer": layer.id,
          "data-takes-files": true,
        })}
    >
      <button
        type="button"
        className={styles.toggle}
        tabIndex={inner}
        aria-label={`${layer.visible ? "Hide" : "Show"} ${layer.name}`}
        title="Alt and click: show only this one"
        onClick={(event) => {
          if (event.altKey) toggleSolo(workspace, [layer.id]);
          else
            set(layer.visible ? "Hide" : "Show", { visible: !layer.visible });
        }}
      >
        {layer.visible ? <Eye size={14} /> : <EyeOff size={14} />}
      </button>
      <span className={styles.indent} style={{ width: row.depth * 16 }} />
      {layer.kind === "group" ? (
        <button
          type="button"
          className={styles.fold}
          tabIndex={-1}
          aria-label={`${row.folded ? "Open" : "Fold"} ${layer.name}`}
          onClick={() => fold(workspace, layer.id)}
        >
          <ChevronRight size={14} />
        </button>
      ) : (
        <span className={styles.fold} />
      )}
      <LayerThumbnail layer={layer} target={targeted === "layer"} />
      {layer.mask && (
        <MaskThumbnail
          layer={layer}
          mask={layer.mask}
          target={targeted === "mask"}
        />
      )}
      <Words layer={layer} progress={progress} />
      <button
        type="button"
        className={styles.toggle}
        tabIndex={inner}
        data-quiet={!layer.locked}
        aria-label={`${layer.locked ? "Unlock" : "Lock"} ${layer.name}`}
        onClick={() =>
          set(layer.locked ? "Unlock" : "Lock", { locked: !layer.locked })
        }
      >
        {layer.locked ? <Lock size={14} /> : <LockOpen size={14} />}
      </button>
      {progress !== undefined && (
        <span
          className={styles.progress}
          style={{ transform: `scaleX(${progress ?? 0})` }}
        />
      )}
    </div>
  );
});

/** The layer's name, to be changed where it stands, and what the layer is. */
function Words({
  layer,
  progress,
}: {
  layer: Layer;
  progress: number | null | undefined;
}) {
  const workspace = useWorkspace();
  const renaming = usePage((state) => state.renaming === layer.id);
  const styleName = usePage((state) =>
    layer.kind === "styled"
      ? state.styles?.find((style) => style.id === layer.style.model)?.name
      : undefined,
  );
  return (
    <span className={styles.words}>
      <EditableName
        name={layer.name}
        label="Layer name"
        editing={renaming}
        onEdit={() => workspace.store.setState({ renaming: layer.id })}
        onDone={(name) => {
          workspace.store.setState({ renaming: null });
          if (name)
            changeLayer(workspace, layer.id, `Rename to ${name}`, { name });
        }}
      />
      <span className={styles.about}>{about(layer, styleName, progress)}</span>
    </span>
  );
}

function about(
  layer: Layer,
  styleName: string | undefined,
  progress: number | null | undefined,
): string {
  if (progress !== undefined)
    return progress === null
      ? "Painting…"
      : `Painting, ${Math.round(progress * 100)} %`;
  switch (layer.kind) {
    case "picture":
      return "Picture";
    case "group":
      return layer.layers.length === 1
        ? "Group of 1 layer"
        : `Group of ${layer.layers.length} layers`;
    case "styled":
      return styleName === undefined || styleName === layer.name
        ? "Style"
        : `Style: ${styleName}`;
  }
}
