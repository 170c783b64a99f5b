import { useEffect, useRef } from "react";
import { usePage } from "../../state/use-workspace.ts";
import styles from "../canvas.module.css";
import { edgePixels } from "./edge-pixels.ts";

/** Length of a dash in device pixels, and milliseconds between two of its steps. */
const dash = 4;
const beat = 120;

const black = 0xff000000;
const white = 0xffffffff;

/** The edge of what is chosen, as a line that walks; it stands still where the system asks for less motion. */
export function MarchingAnts() {
  const area = usePage((state) => state.area);
  const view = usePage((state) => state.view);
  const viewport = usePage((state) => state.viewport);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!area || !context) return;
    const ratio = window.devicePixelRatio;
    const width = Math.max(1, Math.round(viewport.width * ratio));
    const height = Math.max(1, Math.round(viewport.height * ratio));
    context.canvas.width = width;
    context.canvas.height = height;
    const scaled = {
      zoom: view.zoom * ratio,
      x: view.x * ratio,
      y: view.y * ratio,
    };
    const edge = edgePixels(area, scaled, { width, height });
    const pixels = new ImageData(width, height);
    const words = new Uint32Array(pixels.data.buffer);
    let step = 0;
    const draw = () => {
      for (const index of edge) {
        const along = (index % width) + Math.floor(index / width) - step;
        words[index] = (along & dash) === 0 ? black : white;
      }
      context.putImageData(pixels, 0, 0);
      step++;
    };
    draw();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) return;
    const timer = window.setInterval(draw, beat);
    return () => window.clearInterval(timer);
  }, [area, view, viewport]);

  if (!area) return null;
  return (
    <canvas
      ref={canvas}
      className={styles.cover}
      data-testid="selection"
      aria-hidden
    />
  );
}
