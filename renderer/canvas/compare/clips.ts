import type { Compare } from "../../state/page-state.ts";
import type { Point, Size } from "../view.ts";

/** Radius of the lens in window pixels. */
export const lensRadius = 120;

/** What Konva hands to a clip: enough of a canvas context to draw a path. */
interface Path {
  rect(x: number, y: number, width: number, height: number): void;
  arc(
    x: number,
    y: number,
    radius: number,
    from: number,
    to: number,
    counterclockwise?: boolean,
  ): void;
}
type Clip = (path: Path) => void;

export interface Clips {
  readonly first: Clip;
  readonly second: Clip;
}

/** Where the middle of the lens is, in document pixels. */
export function lensAt({ lens }: Compare, document: Size): Point {
  return lens ?? { x: document.width / 2, y: document.height / 2 };
}

/**
 * Which part of the document each side covers; null where both are shown whole. The parts never overlap, so that what is
 * clear in one does not show the other.
 */
export function clipsOf(
  compare: Compare,
  { width, height }: Size,
  zoom: number,
): Clips | null {
  switch (compare.way) {
    case "columns": {
      const edge = compare.position * width;
      return {
        first: (path) => path.rect(0, 0, edge, height),
        second: (path) => path.rect(edge, 0, width - edge, height),
      };
    }
    case "rows": {
      const edge = compare.position * height;
      return {
        first: (path) => path.rect(0, 0, width, edge),
        second: (path) => path.rect(0, edge, width, height - edge),
      };
    }
    case "lens": {
      const { x, y } = lensAt(compare, { width, height });
      const radius = lensRadius / zoom;
      return {
        first: (path) => path.arc(x, y, radius, 0, 2 * Math.PI),
        second(path) {
          path.rect(0, 0, width, height);
          // Against the clock, the rim takes the disc out of the page.
          path.arc(x, y, radius, 0, 2 * Math.PI, true);
        },
      };
    }
    case "beside":
      return null;
  }
}
