import type { Point } from "./polygon.ts";

/** Where the pen was, and how hard it was pressed, 0 to 1. */
export interface StrokePoint extends Point {
  readonly pressure: number;
}

/** Points closer together than this, in pixels, are one. */
const coincident = 1e-3;

/** Longest straight piece that stands for the curve, in pixels. */
const pieceLength = 1.5;

/**
 * The way that a pen takes through its points, as places for the brush to touch down, evenly spaced: a centripetal
 * Catmull–Rom spline (Yuksel et al., "Parameterization and applications of Catmull–Rom curves", 2011), which goes
 * through every point and neither loops nor overshoots. It lags one point behind, for a curve has to know where it goes.
 */
export class StrokePath {
  readonly #smoothing: number;
  readonly #spacing: (pressure: number) => number;
  /** The last points that count, at most three; the curve has reached the last but one. */
  #knots: StrokePoint[] = [];
  #raw: StrokePoint | null = null;
  /** Pixels to go to the next touch. */
  #left = 0;

  /**
   * @param smoothing how much the brush lags behind the pen: 0 follows it, towards 1 it is dragged on a long rope
   * @param spacing pixels between two touches, by pressure
   */
  constructor(smoothing: number, spacing: (pressure: number) => number) {
    this.#smoothing = smoothing;
    this.#spacing = spacing;
  }

  /** @returns where the brush touches down next */
  add(point: StrokePoint): StrokePoint[] {
    this.#raw = point;
    const last = this.#knots.at(-1);
    if (!last) {
      this.#knots.push(point);
      this.#left = this.#spacing(point.pressure);
      return [point];
    }
    return this.#advance(between(last, point, 1 - 0.9 * this.#smoothing));
  }

  /** The way to the last point. */
  end(): StrokePoint[] {
    const rest = this.#raw ? this.#advance(this.#raw) : [];
    const [before, here] = this.#knots.slice(-2);
    if (before && here) rest.push(...this.#curve(mirrored(before, here)));
    this.#knots = [];
    this.#raw = null;
    return rest;
  }

  #advance(to: StrokePoint): StrokePoint[] {
    const last = this.#knots.at(-1)!;
    if (distance(last, to) < coincident) return [];
    const touches = this.#knots.length > 1 ? this.#curve(to) : [];
    this.#knots = [...this.#knots, to].slice(-3);
    return touches;
  }

  /** Touches from the last knot but one to the last, on the way to `after`. */
  #curve(after: StrokePoint): StrokePoint[] {
    const from = this.#knots.at(-2)!;
    const to = this.#knots.at(-1)!;
    const before = this.#knots.at(-3) ?? mirrored(to, from);
    const pieces = Math.ceil(distance(from, to) / pieceLength);
    const at = spline(before, from, to, after);
    const touches: StrokePoint[] = [];
    let start = from;
    for (let piece = 1; piece <= pieces; piece++) {
      const end = piece === pieces ? to : at(piece / pieces);
      this.#walk(start, end, touches);
      start = end;
    }
    return touches;
  }

  #walk(start: StrokePoint, end: StrokePoint, touches: StrokePoint[]): void {
    const length = distance(start, end);
    let gone = 0;
    while (length - gone >= this.#left) {
      gone += this.#left;
      const touch = between(start, end, gone / length);
      touches.push(touch);
      this.#left = this.#spacing(touch.pressure);
    }
    this.#left -= length - gone;
  }
}

function spline(
  a: StrokePoint,
  b: StrokePoint,
  c: StrokePoint,
  d: StrokePoint,
): (t: number) => StrokePoint {
  const ab = Math.sqrt(distance(a, b));
  const bc = Math.sqrt(distance(b, c));
  const cd = Math.sqrt(distance(c, d));
  const hermite = (axis: "x" | "y") => {
    const chord = c[axis] - b[axis];
    const leaving =
      chord + bc * ((b[axis] - a[axis]) / ab - (c[axis] - a[axis]) / (ab + bc));
    const arriving =
      chord + bc * ((d[axis] - c[axis]) / cd - (d[axis] - b[axis]) / (bc + cd));
    return (t: number) =>
      b[axis] +
      t *
        (leaving +
          t *
            (3 * chord -
              2 * leaving -
              arriving +
              t * (leaving + arriving - 2 * chord)));
  };
  const [x, y] = [hermite("x"), hermite("y")];
  return (t) => ({
    x: x(t),
    y: y(t),
    pressure: b.pressure + t * (c.pressure - b.pressure),
  });
}

/** `other` on the opposite side of `centre`. */
function mirrored(other: StrokePoint, centre: StrokePoint): StrokePoint {
  return {
    x: 2 * centre.x - other.x,
    y: 2 * centre.y - other.y,
    pressure: centre.pressure,
  };
}

function between(a: StrokePoint, b: StrokePoint, t: number): StrokePoint {
  return {
    x: a.x + t * (b.x - a.x),
    y: a.y + t * (b.y - a.y),
    pressure: a.pressure + t * (b.pressure - a.pressure),
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
