import { shownBox, transformable } from "../../state/transforming.ts";
import { usePage } from "../../state/use-workspace.ts";
import styles from "../canvas.module.css";
import { handlesOf, knobOf } from "../handles.ts";
import { cornersOf } from "../transform-box.ts";
import { type Point, toWindow } from "../view.ts";

/** Side of a handle in window pixels. */
const side = 9;

/** What is selected as an outline with handles, and the lines that it is aligned with. */
export function TransformHandles() {
  const view = usePage((state) => state.view);
  const box = usePage(shownBox);
  const lines = usePage((state) => state.transforming?.lines);
  const shown = usePage(
    (state) =>
      state.tool === "move" &&
      state.borrowedTool === null &&
      !state.compare.peek &&
      transformable(state).length > 0,
  );
  if (!shown || !box) return null;
  const outline = pathOf(cornersOf(box).map((point) => toWindow(view, point)));
  const knob = knobOf(box, view);
  const stalk = `M${spot(knob.foot)}L${spot(knob.at)}`;
  return (
    <svg className={styles.cover} aria-hidden="true" data-testid="handles">
      {lines?.map(({ axis, at }) => {
        const { x, y } = toWindow(view, { x: at, y: at });
        return axis === "x" ? (
          <line key="x" className={styles.snapLine} x1={x} x2={x} y2="100%" />
        ) : (
          <line key="y" className={styles.snapLine} y1={y} y2={y} x2="100%" />
        );
      })}
      <path className={styles.boxLineUnder} d={outline + stalk} />
      <path className={styles.boxLine} d={outline + stalk} />
      <circle
        className={styles.handle}
        cx={knob.at.x}
        cy={knob.at.y}
        r={side / 2}
      />
      {handlesOf(box, view).map(({ x, y, at }) => (
        <rect
          key={`${x} ${y}`}
          className={styles.handle}
          x={Math.round(at.x) - side / 2}
          y={Math.round(at.y) - side / 2}
          width={side}
          height={side}
          rx={2}
        />
      ))}
    </svg>
  );
}

function spot({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function pathOf(points: readonly Point[]): string {
  return `M${points.map(spot).join("L")}Z`;
}
