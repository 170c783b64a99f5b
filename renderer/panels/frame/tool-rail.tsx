import { ActionIcon } from "../controls/action-button.tsx";
import styles from "./frame.module.css";

/** Tools at the left of the canvas. */
export function ToolRail() {
  return (
    <div
      className={styles.rail}
      role="toolbar"
      aria-label="Tools"
      aria-orientation="vertical"
    >
      <ActionIcon action="tool-move" side="right" />
      <ActionIcon action="tool-crop" side="right" />
      <ActionIcon action="tool-brush" side="right" />
      <ActionIcon action="tool-eraser" side="right" />
      <ActionIcon action="tool-gradient" side="right" />
      <span className={styles.railLine} />
      <ActionIcon action="tool-rectangle" side="right" />
      <ActionIcon action="tool-ellipse" side="right" />
      <ActionIcon action="tool-lasso" side="right" />
      <ActionIcon action="tool-polygon" side="right" />
      <ActionIcon action="tool-wand" side="right" />
      <span className={styles.railLine} />
      <ActionIcon action="tool-hand" side="right" />
      <ActionIcon action="tool-zoom" side="right" />
      <span className={styles.railLine} />
      <ActionIcon action="zoom-fit" side="right" />
      <span className={styles.railGap} />
      <ActionIcon action="show-shortcuts" side="right" />
    </div>
  );
}
