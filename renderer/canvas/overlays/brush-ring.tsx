import { type RefObject, useEffect, useRef } from "react";
import { usePage } from "../../state/use-workspace.ts";
import styles from "../canvas.module.css";

/** Below this radius, in window pixels, a ring could not be seen. */
const smallest = 3;

/** The brush's rim under the pointer, in place of a cursor. */
export function BrushRing({ stage }: { stage: RefObject<HTMLElement | null> }) {
  const ring = useRef<SVGSVGElement>(null);
  const brush = usePage((state) => state.toolOptions.brush);
  const zoom = usePage((state) => state.view.zoom);
  const shown = usePage(
    ({ tool, borrowedTool }) =>
      borrowedTool === null && (tool === "brush" || tool === "eraser"),
  );

  useEffect(() => {
    const element = stage.current;
    if (!element || !shown) return;
    const onMove = (event: PointerEvent) => {
      if (!ring.current) return;
      const box = element.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      ring.current.style.transform = `translate(${x}px, ${y}px)`;
      ring.current.style.visibility = "visible";
    };
    const onLeave = () => {
      if (ring.current) ring.current.style.visibility = "hidden";
    };
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerleave", onLeave);
    return () => {
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerleave", onLeave);
    };
  }, [stage, shown]);

  if (!shown) return null;
  const radius = Math.max(smallest, (brush.size * zoom) / 2);
  return (
    <svg ref={ring} className={styles.ring} aria-hidden="true">
      <circle className={styles.outlineUnder} r={radius} />
      <circle className={styles.ringOver} r={radius} />
    </svg>
  );
}
