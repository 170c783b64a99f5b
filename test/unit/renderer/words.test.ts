import { expect, test } from "vitest";
import { blendModes } from "../../../common/document/blend-mode.ts";
import {
  blendModeName,
  blendModeSections,
} from "../../../renderer/panels/layers/blend-mode-names.ts";
import { elapsedSince } from "../../../renderer/panels/projects/elapsed.ts";
import {
  brushSizeLabel,
  brushSizeOf,
  brushSizePosition,
} from "../../../renderer/panels/styles/brush-size.ts";
import {
  curveOf,
  lossLabel,
  smoothed,
} from "../../../renderer/panels/training/curve.ts";
import {
  bestWords,
  notesWords,
} from "../../../renderer/panels/training/training-words.ts";
import { duration } from "../../../renderer/state/jobs.ts";

test("durations are told as people say them", () => {
  expect(duration(0.2)).toBe("1 s");
  expect(duration(59)).toBe("59 s");
  expect(duration(200)).toBe("3 min");
  expect(duration(4800)).toBe("1 h 20 min");
});

test("times are told from now, and later by their day", () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const hour = 3_600_000;
  expect(elapsedSince(now - 5000, now)).toBe("just now");
  expect(elapsedSince(now - hour, now)).toBe("1 hour ago");
  expect(elapsedSince(now - 25 * hour, now)).toBe("yesterday");
  expect(elapsedSince(now - 60 * 24 * hour, now)).toBe("Sep 23, 2026");
});

test("blend modes are all there, in Photoshop's sections", () => {
  expect(blendModeSections.flat()).toEqual([...blendModes]);
  expect(blendModeSections.map((section) => section[0])).toEqual([
    "normal",
    "darken",
    "lighten",
    "overlay",
    "difference",
    "hue",
  ]);
  expect(new Set(blendModes.map(blendModeName)).size).toBe(blendModes.length);
});

test("brush size doubles with each step of its slider", () => {
  expect([-2, 0, 2].map(brushSizeOf)).toEqual([0.25, 1, 4]);
  expect(brushSizePosition(brushSizeOf(-1.25))).toBeCloseTo(-1.25, 12);
  expect([-2, 0, 1.5].map((at) => brushSizeLabel(brushSizeOf(at)))).toEqual([
    "0.25 ×",
    "1 ×",
    "2.8 ×",
  ]);
});

test("a smoothed curve starts at its first value and keeps a level", () => {
  expect(smoothed([4, 4, 4])).toEqual([4, 4, 4].map((x) => expect.closeTo(x)));
  const falling = smoothed([10, 0, 0, 0]);
  expect(falling[0]).toBeCloseTo(10);
  expect(falling[3]).toBeGreaterThan(0);
  expect(falling[3]).toBeLessThan(falling[1]!);
  expect(smoothed([1, null, 1])[1]).toBeNull();
});

test("a curve has the total first, and gaps where a term came later", () => {
  const curve = curveOf([
    { step: 0, losses: { style: 2, total: 2 }, score: null },
    { step: 10, losses: { style: 1, content: 1, total: 2 }, score: null },
  ]);
  expect(curve.steps).toEqual([0, 10]);
  expect(curve.series.map((series) => series.name)).toEqual([
    "total",
    "content",
    "style",
  ]);
  expect(curve.series[1]?.raw).toEqual([null, 1]);
});

test("the best step is marked where the curve first knows of it", () => {
  const at = (step: number, score: number | null) => ({
    step,
    losses: { total: 1 },
    score,
  });
  const points = [at(10, null), at(19, null), at(21, 0.8), at(40, 0.9)];
  const judged = { last: { score: 0.9 }, best: { score: 0.8 }, bestStep: 20 };
  const curve = curveOf(points, judged);
  expect(curve.score).toEqual([null, null, 0.8, 0.9]);
  expect(curve.best).toEqual([null, null, 0.8, null]);
  expect(curveOf(points.slice(0, 2), judged).best).toEqual([null, null]);
  expect(curveOf(points).best).toEqual([null, null, null, null]);
  expect(bestWords(judged)).toBe("Step 20 · 0.800");
});

test("what was done to pictures is summed up, and of a single one told", () => {
  const picture = (name: string, note: string) => ({ name, asset: "", note });
  const tiny = picture("tiny.png", "enlarged from 30 × 20 pixels");
  expect(notesWords([tiny])).toBe("tiny.png: enlarged from 30 × 20 pixels.");
  expect(
    notesWords([
      tiny,
      picture("clear.png", "laid over white"),
      picture("both.png", "enlarged from 9 × 90 pixels, laid over white"),
    ]),
  ).toBe("Made fit to learn from: 2 enlarged, 2 laid over white.");
});

test("losses are told in three figures", () => {
  expect(lossLabel(1.23456)).toBe("1.23");
  expect(lossLabel(0.000012)).toBe("1.2e-5");
  expect(lossLabel(0)).toBe("0.00");
});
