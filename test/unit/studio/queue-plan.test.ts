import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allowedAttempts,
  cutCurve,
  extendCurve,
  mustYield,
  nextJob,
  secondsLeft,
  stateAfter,
} from "../../../electron/studio/engine/queue-plan.ts";

type TrainingPoint = Parameters<typeof extendCurve>[1];

const job = (
  id: string,
  kind: "stylize" | "train",
  createdAt: number,
  state: "waiting" | "running" | "paused" = "waiting",
) => ({ id, kind, state, createdAt, priority: kind === "train" ? 0 : 10 });

describe("nextJob", () => {
  test("takes the most urgent, of equals the oldest", () => {
    const jobs = [
      job("a", "train", 1),
      job("b", "stylize", 3),
      job("c", "stylize", 2),
    ];
    expect(nextJob(jobs)?.id).toBe("c");
  });

  test("takes only what waits", () => {
    expect(
      nextJob([
        job("a", "train", 1, "paused"),
        job("b", "train", 2, "running"),
      ]),
    ).toBeNull();
  });

  test("does not depend on the order in which jobs are listed", () => {
    const jobs = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1 }),
        kind: fc.constantFrom("stylize" as const, "train" as const),
        state: fc.constantFrom("waiting" as const, "paused" as const),
        priority: fc.integer({ min: 0, max: 3 }),
        createdAt: fc.integer({ min: 0, max: 3 }),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(jobs, (list) => {
        expect(nextJob([...list].reverse())).toEqual(nextJob(list));
      }),
    );
  });
});

describe("mustYield", () => {
  const training = job("t", "train", 1, "running");
  test("a training makes room for a picture", () => {
    expect(mustYield(training, job("p", "stylize", 2))).toBe(true);
  });
  test("nothing makes room for a training, or for nothing", () => {
    expect(mustYield(training, job("u", "train", 0))).toBe(false);
    expect(mustYield(training, null)).toBe(false);
  });
  test("a picture is never interrupted", () => {
    const urgent = { ...job("q", "stylize", 2), priority: 99 };
    expect(mustYield(job("p", "stylize", 1, "running"), urgent)).toBe(false);
  });
});

describe("stateAfter", () => {
  test.each([
    [null, "done", 1, "done"],
    ["cancel", "done", 1, "done"],
    ["cancel", "cancelled", 1, "cancelled"],
    ["cancel", "lost", 1, "cancelled"],
    ["pause", "paused", 1, "paused"],
    ["pause", "cancelled", 1, "paused"],
    ["pause", "lost", 1, "paused"],
    ["yield", "paused", 1, "waiting"],
    ["close", "paused", 1, "waiting"],
    ["close", "cancelled", 1, "waiting"],
    [null, "failed", 1, "failed"],
    ["pause", "failed", 1, "failed"],
    [null, "lost", allowedAttempts - 1, "waiting"],
    [null, "lost", allowedAttempts, "failed"],
  ] as const)(
    "ended for %s with %s on try %i: %s",
    (reason, outcome, tries, state) => {
      expect(stateAfter(reason, outcome, tries)).toBe(state);
    },
  );
});

describe("the loss curve", () => {
  const point = (step: number): TrainingPoint => ({
    step,
    losses: { total: 1 / (step + 1) },
    score: null,
  });

  test("stays within its limit, keeps both ends and its order", () => {
    let curve: TrainingPoint[] = [];
    for (let step = 0; step < 1000; step += 1) {
      curve = extendCurve(curve, point(step), 50);
      expect(curve.length).toBeLessThanOrEqual(50);
      expect(curve[0]?.step).toBe(0);
      expect(curve.at(-1)?.step).toBe(step);
    }
    const steps = curve.map(({ step }) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.length).toBeGreaterThan(20);
  });

  test("is cut back to the checkpoint that a training goes on from", () => {
    const curve = [1, 5, 9, 12].map(point);
    expect(cutCurve(curve, 9).map(({ step }) => step)).toEqual([1, 5, 9]);
  });
});

test("secondsLeft needs a speed", () => {
  expect(secondsLeft(10, 30, 2)).toBe(10);
  expect(secondsLeft(30, 30, 2)).toBe(0);
  expect(secondsLeft(0, 30, 0)).toBeNull();
});
