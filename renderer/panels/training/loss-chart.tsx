import { useEffect, useMemo, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Judged } from "../../../common/contract/engine.ts";
import type { Job } from "../../../common/contract/studio.ts";
import { usePage } from "../../state/use-workspace.ts";
import { type Curve, curveOf, lossLabel } from "./curve.ts";
import styles from "./view.module.css";

const height = 220;

/** The total's colour, then those of its terms; terms beyond them share the last. */
const termColours = [
  "var(--accent)",
  "#6ea8dc",
  "#8fb573",
  "#c49bd6",
  "#d0b25f",
  "#5fb8ad",
  "#d58fa8",
  "#9aa0d8",
  "#b8926a",
  "var(--text-soft)",
];
const termColour = (index: number) =>
  termColours[Math.min(index, termColours.length - 1)]!;

/**
 * The losses over the steps so far: the total raw and smoothed, its terms smoothed; and how it does on pictures that were
 * set aside, its best marked.
 */
export function LossChart({
  points,
  judged,
}: {
  points: NonNullable<Job["training"]>["curve"];
  judged: Judged | null;
}) {
  const theme = usePage((state) => state.theme);
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const curve = useMemo(() => curveOf(points, judged), [points, judged]);
  const names = curve.series.map((series) => series.name).join(" ");
  const latest = useRef(curve);
  latest.current = curve;

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are the theme's, series the names'
  useEffect(() => {
    const element = holder.current;
    if (!element || names === "") return;
    const plot = new uPlot(
      options(latest.current, element.clientWidth),
      dataOf(latest.current),
      element,
    );
    chart.current = plot;
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [theme, names]);

  useEffect(() => {
    chart.current?.setData(dataOf(curve));
  }, [curve]);

  return (
    <figure
      className={styles.chart}
      aria-label="Losses over steps"
      data-testid="loss-chart"
    >
      <ul className={styles.legend}>
        {curve.series.map((series, index) => {
          const last = series.smooth.findLast((value) => value !== null);
          return (
            <li key={series.name} className={styles.legendItem}>
              <span
                className={styles.legendLine}
                style={{ background: termColour(index) }}
              />
              {series.name}
              <output className={styles.legendValue}>
                {last == null ? "" : lossLabel(last)}
              </output>
            </li>
          );
        })}
        {judged && (
          <li
            className={styles.legendItem}
            title="How it does on pictures that it does not practise on; lower is better"
          >
            <span className={styles.legendLine} data-set-aside />
            set aside
            <output className={styles.legendValue}>
              {lossLabel(judged.last.score ?? 0)}
            </output>
          </li>
        )}
      </ul>
      <div ref={holder} className={styles.plot} style={{ height }}>
        {names === "" && (
          <p className={styles.plotEmpty}>
            The curve starts with the first steps.
          </p>
        )}
      </div>
    </figure>
  );
}

function dataOf(curve: Curve): uPlot.AlignedData {
  // On a log scale a term that is not there yet is a gap.
  const drawn = isLogarithmic(curve)
    ? (values: readonly (number | null)[]) =>
        values.map((value) => value || null)
    : (values: readonly (number | null)[]) => [...values];
  return [
    curve.steps,
    drawn(curve.series[0]?.raw ?? []),
    ...curve.series.map((series) => drawn(series.smooth)),
    curve.score,
    curve.best,
  ];
}

function isLogarithmic({ series }: Curve): boolean {
  return series.every(({ raw }) =>
    raw.every((value) => value === null || value >= 0),
  );
}

function options(curve: Curve, width: number): uPlot.Options {
  const colours = getComputedStyle(document.documentElement);
  const colour = (name: string) => colours.getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour("--text-faint"),
    font: "11px Inter Variable, sans-serif",
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
  };
  const logarithmic = isLogarithmic(curve);
  const termStroke = (index: number) =>
    termColour(index).replace(/^var\((.*)\)$/, (_, name) => colour(name));
  return {
    width,
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { drag: { setScale: false }, points: { size: 6 } },
    scales: { x: { time: false }, y: { distr: logarithmic ? 3 : 1 } },
    axes: [
      { ...axis, size: 28 },
      {
        ...axis,
        size: 48,
        // On a log scale only powers of ten get a line.
        grid: {
          stroke: colour("--line"),
          width: 1,
          filter: (_plot, splits) =>
            splits.map((value) =>
              !logarithmic || Number.isInteger(Math.log10(value))
                ? value
                : null,
            ),
        },
        values: (_plot, values) =>
          values.map((value) => (value === null ? "" : lossLabel(value))),
      },
      // Of a judgement only the change matters, which would not show beside the losses.
      {
        ...axis,
        scale: "score",
        side: 1,
        size: 48,
        grid: { show: false },
        values: (_plot, values) => values.map(lossLabel),
      },
    ],
    series: [
      {},
      {
        label: "total, raw",
        stroke: colour("--accent-soft"),
        width: 1,
        points: { show: false },
      },
      ...curve.series.map((series, index) => ({
        label: series.name,
        stroke: termStroke(index),
        width: index === 0 ? 2 : 1.25,
        points: { show: false },
        spanGaps: true,
      })),
      {
        label: "set aside",
        scale: "score",
        stroke: colour("--text"),
        width: 1.5,
        dash: [5, 3],
        points: { show: false },
        // A judgement holds until the next.
        ...(uPlot.paths.stepped && {
          paths: uPlot.paths.stepped({ align: 1 }),
        }),
      },
      {
        label: "best",
        scale: "score",
        stroke: colour("--accent"),
        width: 0,
        points: {
          show: true,
          size: 9,
          width: 2,
          stroke: colour("--panel"),
          fill: colour("--accent"),
        },
      },
    ],
  };
}
