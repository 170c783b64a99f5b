import type { Judged } from "../../../common/contract/engine.ts";
import type { Job } from "../../../common/contract/studio.ts";

type Point = NonNullable<Job["training"]>["curve"][number];

/** A loss as it is drawn: one value a point of `steps`, null where the term was not there. */
export interface CurveSeries {
  readonly name: string;
  readonly raw: (number | null)[];
  readonly smooth: (number | null)[];
}

export interface Curve {
  readonly steps: number[];
  /** `total` first, then the others by name. */
  readonly series: CurveSeries[];
  /** What was said of pictures that were set aside, by each step. */
  readonly score: (number | null)[];
  /** The score of the best step, at the first point that knows of it; null elsewhere. */
  readonly best: (number | null)[];
}

/** How much of the past stays in a smoothed value. */
const inertia = 0.85;

/** Gets a training's points ready for drawing. */
export function curveOf(
  points: readonly Point[],
  judged: Judged | null = null,
): Curve {
  const at =
    judged === null
      ? -1
      : points.findIndex(({ step }) => step > judged.bestStep);
  const names = [
    ...new Set(points.flatMap((point) => Object.keys(point.losses))),
  ];
  names.sort((a, b) =>
    a === "total" ? -1 : b === "total" ? 1 : a.localeCompare(b),
  );
  return {
    steps: points.map((point) => point.step),
    score: points.map((point) => point.score),
    best: points.map((_, index) =>
      index === at ? (judged?.best.score ?? null) : null,
    ),
    series: names.map((name) => {
      const raw = points.map((point) => point.losses[name] ?? null);
      return { name, raw, smooth: smoothed(raw) };
    }),
  };
}

/** Exponential mean with the bias of its beginning taken out (Adam's correction); gaps stay gaps. */
export function smoothed(
  values: readonly (number | null)[],
): (number | null)[] {
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null) return null;
    mean = inertia * mean + (1 - inertia) * value;
    weight = inertia * weight + (1 - inertia);
    return mean / weight;
  });
}

/** A loss for people: three figures that matter. */
export function lossLabel(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  return value.toPrecision(3);
}
