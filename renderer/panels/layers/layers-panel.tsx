import { shownDocument } from "../../state/shown-document.ts";
import { usePage } from "../../state/use-workspace.ts";
import { ActionIcon } from "../controls/action-button.tsx";
import { LayerList } from "./layer-list.tsx";
import styles from "./layers.module.css";
import { LayersHeader } from "./layers-header.tsx";

/** The document's layers, the top one first, and how the selected ones lie on those below. */
export function LayersPanel() {
  const document = usePage(shownDocument);
  if (!document)
    return (
      <p className={styles.nothing}>
        Layers of the open picture are listed here.
      </p>
    );
  return (
    <div className={styles.layers} data-layers>
      <LayersHeader document={document} />
      <LayerList document={document} />
      <div className={styles.tools} role="toolbar" aria-label="Layer">
        <ActionIcon action="new-group" small side="top" />
        <ActionIcon action="duplicate-layer" small side="top" />
        <ActionIcon action="add-mask" small side="top" />
        <ActionIcon action="merge-down" small side="top" />
        <ActionIcon action="raise-layer" small side="top" />
        <ActionIcon action="lower-layer" small side="top" />
        <span className={styles.gap} />
        <ActionIcon action="delete-layer" small side="top" />
      </div>
    </div>
  );
}
