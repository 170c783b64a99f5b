import { describe, expect, test } from "vitest";
import { Watchdog } from "../../../../native-models/training/watchdog.ts";

/** What the watchdog says to losses, one after the other: null as long as all is well. */
function watched(watchdog: Watchdog, losses: readonly number[]) {
  return losses.map((loss) => watchdog.observe(loss));
}

const steps = (count: number, loss: (step: number) => number) =>
  Array.from({ length: count }, (_, step) => loss(step));

describe("a watchdog", () => {
  test("sees a loss that is no number", () => {
    const said = watched(new Watchdog(), [1, Number.NaN]);
    expect(said).toEqual([null, "was no number any more"]);
  });

  test("sees a loss that grows to ten times what it was, not one that falls", () => {
    const falling = watched(
      new Watchdog(),
      steps(300, (i) => 10 / (1 + i)),
    );
    expect(falling.every((fault) => fault === null)).toBe(true);
    const growing = watched(
      new Watchdog(),
      steps(300, (i) => 1.05 ** i),
    );
    expect(growing.at(-1)).toMatch(/grew to 10 times/);
  });
});

describe("a discriminator's watchdog", () => {
  test("sees that it has won for good", () => {
    const watchdog = new Watchdog(1e-3);
    const losses = steps(400, (i) => 0.5 * 0.9 ** i);
    const said = watched(watchdog, losses);
    // It takes 60 steps to get there, and 200 more to be sure.
    expect(said.slice(0, 260).every((fault) => fault === null)).toBe(true);
    expect(said.at(-1)).toMatch(/discriminator stayed at nothing/);
  });

  test("bears a loss that comes back, however far it rises", () => {
    const watchdog = new Watchdog(1e-3);
    const losses = steps(900, (i) => (i % 150 < 120 ? 1e-5 : 2));
    expect(watched(watchdog, losses).every((fault) => fault === null)).toBe(
      true,
    );
  });
});
