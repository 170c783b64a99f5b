import { Eye, EyeOff, Folder, Lock, LockOpen } from "lucide-react";
import { type DragEvent, useState } from "react";
import type { Layer } from "../../../common/document/document.ts";
import { changeLayer, moveLayer, select } from "../../state/layers.ts";
import { jobOf } from "../../state/styling.ts";
import { usePage, useWorkspace } from "../../state/use-workspace.ts";
import { EditableName } from "../controls/editable-name.tsx";
import styles from "./layers.module.css";
import { MaskThumbnail } from "./mask-thumbnail.tsx";
import { type DropSide, dropPlace, dropSide, type Row } from "./rows.ts";

const thumbnailSide = 96;

/** From a row's indent to behind its thumbnail: the eye, a gap, the thumbnail, a gap. */
const thumbnailEnd = 24 + 4 + 36 + 6;

interface Properties {
  row: Row;
  selected: boolean;
  /** The row that is being dragged, whichever it is. */
  dragged: Row | null;
  onDrag: (row: Row | null) => void;
}

export function LayerRow({ row, selected, dragged, onDrag }: Properties) {
  const workspace = useWorkspace();
  const { layer } = row;
  const renaming = usePage((state) => state.renaming === layer.id);
  const progress = usePage((state) => jobOf(state.jobs, layer.id)?.progress);
  const styleName = usePage((state) =>
    layer.kind === "styled"
      ? state.styles?.find((style) => style.id === layer.style.model)?.name
      : undefined,
  );
  /** Which of both commands go to; told only where there is a choice. */
  const targeted = usePage((state) => {
    if (state.selection !== layer.id || layer.mask === null) return null;
    return state.maskTargeted ? "mask" : "layer";
  });
  const [over, setOver] = useState<DropSide | null>(null);
  const indent = 8 + row.depth * 16;

  const sideAt = (event: DragEvent<HTMLElement>): DropSide => {
    const box = event.currentTarget.getBoundingClientRect();
    return dropSide(row, (event.clientY - box.top) / box.height);
  };
  const set = (label: string, change: Parameters<typeof changeLayer>[3]) =>
    changeLayer(workspace, layer.id, `${label} ${layer.name}`, change);

  return (
    <li
      className={styles.row}
      data-selected={selected}
      data-hidden={!layer.visible}
      data-over={over}
      data-layer={layer.id}
      data-testid="layer"
      data-kind={layer.kind}
      style={{ paddingLeft: indent }}
      aria-current={selected}
      draggable={!renaming && !layer.locked}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", layer.name);
        onDrag(row);
      }}
      onDragEnd={() => onDrag(null)}
      onDragOver={(event) => {
        const side = sideAt(event);
        if (
          !dragged ||
          dragged.layer.id === layer.id ||
          !dropPlace(dragged, row, side)
        )
          return;
        event.preventDefault();
        setOver(side);
      }}
      onDragLeave={() => setOver(null)}
      onDrop={(event) => {
        setOver(null);
        const place = dragged && dropPlace(dragged, row, sideAt(event));
        if (!dragged || !place) return;
        event.preventDefault();
        moveLayer(workspace, dragged.layer, place);
        onDrag(null);
      }}
    >
      <button
        type="button"
        className={styles.toggle}
        aria-label={`${layer.visible ? "Hide" : "Show"} ${layer.name}`}
        onClick={() =>
          set(layer.visible ? "Hide" : "Show", { visible: !layer.visible })
        }
      >
        {layer.visible ? <Eye size={14} /> : <EyeOff size={14} />}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a real button could not hold the name's field */}
      <div
        className={styles.body}
        data-masked={layer.mask !== null}
        role="button"
        tabIndex={0}
        aria-label={`Select ${layer.name}`}
        aria-pressed={selected}
        onClick={() => select(workspace, layer.id)}
        onKeyDown={(event) =>
          event.key === "Enter" && select(workspace, layer.id)
        }
      >
        <Thumbnail layer={layer} target={targeted === "layer"} />
        <span className={styles.words}>
          <EditableName
            name={layer.name}
            label="Layer name"
            editing={renaming}
            onEdit={() => workspace.store.setState({ renaming: layer.id })}
            onDone={(name) => {
              workspace.store.setState({ renaming: null });
              if (name)
                changeLayer(
                  workspace,
                  layer.id,
                  `Rename to ${name}`.slice(0, 120),
                  { name },
                );
            }}
          />
          <span className={styles.about}>
            {about(layer, styleName, progress)}
          </span>
        </span>
      </div>
      {layer.mask && (
        <MaskThumbnail
          layer={layer}
          mask={layer.mask}
          target={targeted === "mask"}
          left={indent + thumbnailEnd}
        />
      )}
      <button
        type="button"
        className={styles.toggle}
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
    </li>
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

function Thumbnail({ layer, target }: { layer: Layer; target: boolean }) {
  const { host } = useWorkspace();
  if (layer.kind === "group") {
    return (
      <span className={styles.thumbnail} data-target={target}>
        <Folder size={16} />
      </span>
    );
  }
  const hash =
    layer.kind === "picture"
      ? layer.asset
      : (layer.result?.asset ?? layer.source);
  return (
    <img
      className={styles.thumbnail}
      data-target={target}
      src={host.assetUrl(hash, { longestSide: thumbnailSide })}
      alt=""
      draggable={false}
    />
  );
}
