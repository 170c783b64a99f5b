import { pageOf } from "../../state/area.ts";
import { usePage } from "../../state/use-workspace.ts";
import styles from "../canvas.module.css";
import { toWindow } from "../view.ts";

/** Length of a handle's arms in window pixels; a side has room for them from `shortest` on. */
const arm = 18;
const shortest = 48;

/** The frame of a crop with its thirds; what it leaves out is dimmed. */
export function CropFrame() {
  const view = usePage((state) => state.view);
  const viewport = usePage((state) => state.viewport);
  const crop = usePage((state) => state.crop);
  const document = usePage((state) => state.project?.document);
  const shown = usePage((state) => state.tool === "crop");
  if (!shown || !document) return null;
  const frame = crop ?? pageOf(document);
  const { x: left, y: top } = toWindow(view, frame);
  const width = frame.width * view.zoom;
  const height = frame.height * view.zoom;
  const [right, bottom] = [left + width, top + height];
  const edge = `M${left} ${top}H${right}V${bottom}H${left}Z`;
  const veil = `M0 0H${viewport.width}V${viewport.height}H0Z${edge}`;
  const thirds = [1, 2]
    .map((part) => {
      const x = left + (part * width) / 3;
      const y = top + (part * height) / 3;
      return `M${x} ${top}V${bottom}M${left} ${y}H${right}`;
    })
    .join("");
  const x = Math.min(arm, width / 3);
  const y = Math.min(arm, height / 3);
  const corners = [
    `M${left} ${top + y}V${top}H${left + x}`,
    `M${right - x} ${top}H${right}V${top + y}`,
    `M${right} ${bottom - y}V${bottom}H${right - x}`,
    `M${left + x} ${bottom}H${left}V${bottom - y}`,
  ];
  const middle = { x: left + width / 2, y: top + height / 2 };
  const across = `h${x}`;
  const down = `v${y}`;
  const sides = [
    width >= shortest && `M${middle.x - x / 2} ${top}${across}`,
    width >= shortest && `M${middle.x - x / 2} ${bottom}${across}`,
    height >= shortest && `M${left} ${middle.y - y / 2}${down}`,
    height >= shortest && `M${right} ${middle.y - y / 2}${down}`,
  ];
  const handles = [...corners, ...sides].filter(Boolean).join("");
  return (
    <svg className={styles.cover} aria-hidden="true" data-testid="crop-frame">
      <path className={styles.cropVeil} d={veil} />
      {crop && <path className={styles.cropThirds} d={thirds} />}
      <path className={styles.cropEdge} d={edge} />
      <path className={styles.cropHandleUnder} d={handles} />
      <path className={styles.cropHandle} d={handles} />
    </svg>
  );
}
