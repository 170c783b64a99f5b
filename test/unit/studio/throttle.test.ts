import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttle } from "../../../electron/studio/engine/throttle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("acts at once, then at a steady beat, and never loses the last request", () => {
  const acted: number[] = [];
  const start = performance.now();
  const { request } = throttle(100, () =>
    acted.push(performance.now() - start),
  );
  for (let i = 0; i < 50; i += 1) {
    request("a");
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(1000);
  expect(acted).toEqual([0, 100, 200, 300]);
});

test("keys do not hold each other back", () => {
  const acted: string[] = [];
  const { request } = throttle<string>(100, (key) => acted.push(key));
  request("a");
  request("b");
  expect(acted).toEqual(["a", "b"]);
});

test("a flush takes the place of what waits", () => {
  const acted: string[] = [];
  const { request, flush } = throttle<string>(100, (key) => acted.push(key));
  request("a");
  request("a");
  flush("a");
  vi.advanceTimersByTime(1000);
  expect(acted).toEqual(["a", "a"]);
});

test("nothing acts after the end", () => {
  const acted: string[] = [];
  const { request, dispose } = throttle<string>(100, (key) => acted.push(key));
  request("a");
  request("a");
  dispose();
  vi.advanceTimersByTime(1000);
  expect(acted).toEqual(["a"]);
});
