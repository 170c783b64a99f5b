import { describe, expect, test } from "vitest";
import { readOptions } from "../../../../scripts/evaluate/options.ts";
import { perceptualFigures } from "../../../../scripts/evaluate/perceptual-figures.ts";
import { spread } from "../../../../scripts/evaluate/picture-files.ts";
import { summarise } from "../../../../scripts/evaluate/trial.ts";

describe("P's figures", () => {
  const good = {
    correlation: [0.99, 0.98, 0.96, 0.91],
    styleRetrieval: { student: 0.6, teacher: 0.61, random: 0.45 },
  };

  test("pass where all is reached", () => {
    expect(perceptualFigures(good).every(({ passed }) => passed)).toBe(true);
  });

  test.each([
    ["a tap", { ...good, correlation: [0.99, 0.98, 0.94, 0.91] }],
    ["no number", { ...good, correlation: [0.99, 0.98, Number.NaN, 0.91] }],
    [
      "the teacher's retrieval",
      {
        ...good,
        styleRetrieval: { student: 0.6, teacher: 0.63, random: 0.45 },
      },
    ],
    [
      "distance from random weights",
      {
        ...good,
        styleRetrieval: { student: 0.6, teacher: 0.61, random: 0.55 },
      },
    ],
  ])("fail where %s is missed", (_, scores) => {
    const failed = perceptualFigures(scores).filter(({ passed }) => !passed);
    expect(failed).toHaveLength(1);
  });
});

describe("options", () => {
  test("take styles and folders in pairs", () => {
    const { styles, drawings, command } = readOptions([
      "--style",
      "a",
      "--drawings",
      "x",
      "--style",
      "b",
      "--drawings",
      "y",
    ]);
    expect({ styles, drawings, command }).toEqual({
      styles: ["a", "b"],
      drawings: ["x", "y"],
      command: "pictures",
    });
    expect(() =>
      readOptions(["--style", "a", "--style", "b", "--drawings", "x"]),
    ).toThrow("2 styles and 1 folders");
  });

  test("refuse what is not known", () => {
    expect(() => readOptions(["--stile", "a"])).toThrow("--stile");
    expect(() => readOptions(["split", "a"])).toThrow("nothing to do");
  });
});

test("a summary has the mean of each candidate and its worst set", () => {
  const scores = (style: number, own: number | null) => ({
    style: { classical: style },
    patches: style,
    strange: 0,
    missing: 0,
    content: { classical: 0 },
    structure: 1,
    edges: 1,
    own,
  });
  const entry = (
    candidate: string,
    set: string,
    style: number,
    own: number | null,
  ) => ({
    candidate,
    set,
    photo: "p",
    scores: scores(style, own),
  });
  const [instant, photo] = summarise([
    entry("instant", "a", 0.2, 1),
    entry("instant", "a", 0.4, null),
    entry("instant", "b", 0.9, 0),
    entry("photo", "a", 1, null),
  ]);
  expect(instant!.mean.style.classical).toBeCloseTo(0.5, 10);
  expect(instant!.mean.own).toBe(0.5);
  expect(instant!.worst).toEqual({ set: "b", style: 0.9 });
  expect(photo!.mean.own).toBeNull();
});

test("a selection is spread over what there is", () => {
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([1, 3, 5, 7]);
  expect(spread([1, 2], 4)).toEqual([1, 2]);
});
