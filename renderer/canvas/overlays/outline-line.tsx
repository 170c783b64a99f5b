import { usePage } from "../../state/use-workspace.ts";
import styles from "../canvas.module.css";
import { toWindow } from "../view.ts";

/** The line that a hand is drawing, white on black so that it shows on any picture. */
export function OutlineLine() {
  const outline = usePage((state) => state.outline);
  const view = usePage((state) => state.view);
  if (!outline) return null;
  const corners = outline.points.map((point) => {
    const { x, y } = toWindow(view, point);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const path = `M${corners.join("L")}${outline.closed ? "Z" : ""}`;
  return (
    <svg className={styles.cover} aria-hidden="true">
      <path className={styles.outlineUnder} d={path} />
      <path className={styles.outlineOver} d={path} />
    </svg>
  );
}
