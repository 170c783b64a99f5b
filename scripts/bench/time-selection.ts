import { BrushStroke, layStroke } from "../../common/selection/brush-stroke.ts";
import { evenCoverage } from "../../common/selection/coverage.ts";
import { feather } from "../../common/selection/feather.ts";
import { grow } from "../../common/selection/grow.ts";
import { magicWand } from "../../common/selection/magic-wand.ts";
import { ellipseOutline } from "../../common/selection/outlines.ts";
import { fillPolygon } from "../../common/selection/polygon.ts";
import { quickest } from "./quickest.ts";

const side = 4096;
const page = { x: 0, y: 0, width: side, height: side };
const runs = 2;

/** Points of a stroke that goes from side to side and up and down, as a pen reports in three seconds. */
const pen = Array.from({ length: 180 }, (_, index) => ({
  x: 300 + 20 * index,
  y: side / 2 + 900 * Math.sin(index / 20),
  pressure: 0.6 + 0.4 * Math.sin(index / 9),
}));
const brush = {
  size: 200,
  hardness: 0.5,
  flow: 0.5,
  smoothing: 0.3,
  pressure: true,
};

/** Seconds that masks of 4,096 x 4,096 pixels take; of the stroke, a point's share. */
export async function timeSelection(): Promise<
  { name: string; seconds: number }[]
> {
  const corners = [
    { x: 100, y: 100 },
    { x: 4000, y: 4000 },
  ] as const;
  const outline = ellipseOutline(...corners);
  const ellipse = fillPolygon(outline, page) ?? evenCoverage(page);
  const samples = new Uint8Array(4 * side * side).fill(128);
  const picture = { width: side, height: side, channels: 4 as const, samples };
  const wand = { tolerance: 32, contiguous: true, antiAlias: true };
  const work: [string, number, () => unknown][] = [
    ["Ellipse", 1, () => fillPolygon(outline, page)],
    ["Feather by 20", 1, () => feather(ellipse, 20, page)],
    ["Grow by 10", 1, () => grow(ellipse, 10, page)],
    ["Wand over all", 1, () => magicWand(picture, { x: 9, y: 9 }, wand)],
    ["Stroke, a point", pen.length, paint],
  ];
  const rows = [];
  for (const [name, parts, run] of work) {
    const seconds = await quickest(runs, async () => {
      run();
    });
    rows.push({ name, seconds: seconds / parts });
  }
  return rows;
}

function paint(): void {
  const base = evenCoverage(page);
  const out = evenCoverage(page);
  const stroke = new BrushStroke(brush, page);
  for (const point of pen) {
    const part = stroke.add([point]);
    if (part) layStroke(out, base, stroke, part, "show", null);
  }
}
