import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { Failure } from "../../../common/failure.ts";
import {
  type Engine,
  type EngineRun,
  type EngineState,
  type EngineWork,
  pauseBeforeStart,
  superviseEngine,
} from "../../../electron/studio/engine/engine.ts";
import { forkEngine } from "../../../electron/studio/engine/engine-process.ts";

const entry = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/engines/${name}.mjs`, import.meta.url));

const patience = { ready: 5000, heartbeat: 1000, cancel: 300 };

let engine: Engine | undefined;
let states: EngineState["state"][];
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

function supervise(
  name: string,
  change: Partial<typeof patience> = {},
): Engine {
  states = [];
  engine = superviseEngine({
    launch: forkEngine(entry(name)),
    patience: { ...patience, ...change },
    onState: ({ state }) => states.push(state),
  });
  return engine;
}

const samples = Uint16Array.from({ length: 12 }, (_, index) => index * 5000);
const work: Extract<EngineWork, { kind: "stylize" }> = {
  kind: "stylize",
  picture: { width: 2, height: 2, channels: 3, samples },
  weights: [new Uint8Array(8)],
  brushSize: 1,
  memoryBudget: 2 ** 28,
};

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
};

test("starts with the first piece of work and gives back what the engine made", async () => {
  const supervised = supervise("echoing");
  expect(supervised.pid).toBeUndefined();
  const seen: string[] = [];
  const { outcome } = supervised.run(work, (event) => seen.push(event.kind));
  const made = await outcome;
  expect(made.kind === "stylized" && made.picture.samples).toEqual(samples);
  expect(seen).toEqual(["progress"]);
  expect(states).toEqual(["starting", "ready"]);
  expect(supervised.description?.device).toBe("a test");
});

describe("work for the engine's leisure", () => {
  const leisure: EngineWork = {
    kind: "train",
    settings: {
      recipe: "personal",
      seed: 1,
      steps: 10,
      minutes: null,
      batch: 1,
      crop: 32,
      contentWeight: 1,
      styleWeight: 1,
      totalVariationWeight: 1,
    },
    drawings: [work.picture],
    photos: [],
    samples: [],
    perceptual: new Uint8Array(8),
    base: null,
    checkpoint: null,
    checkpointEvery: 60,
  };
  const begun = (supervised: Engine, givesWay: boolean) =>
    new Promise<EngineRun>((resolve) => {
      const run = supervised.run(leisure, () => resolve(run), { givesWay });
    });

  test("ends for a picture, which begins when the engine is free", async () => {
    const supervised = supervise("obliging");
    const run = await begun(supervised, true);
    const ended = failureOf(run.outcome);
    const [one, two] = [
      supervised.run(work, () => {}).outcome,
      supervised.run(work, () => {}).outcome,
    ];
    expect((await ended).code).toBe("cancelled");
    expect((await one).kind).toBe("stylized");
    expect((await two).kind).toBe("stylized");
  });

  test("is refused while work goes on that stays", async () => {
    const supervised = supervise("obliging");
    const training = await begun(supervised, false);
    const late = supervised.run(leisure, () => {}, { givesWay: true });
    expect((await failureOf(late.outcome)).code).toBe("conflict");
    training.end("discard");
    expect((await failureOf(training.outcome)).code).toBe("cancelled");
  });
});

test("an engine that never gets ready is given up, and the reason said", async () => {
  const failure = await failureOf(supervise("silent", { ready: 200 }).start());
  expect(failure.code).toBe("engine-lost");
  expect(failure.message).toContain("not ready after 0.2 s");
  expect(states).toEqual(["starting", "lost"]);
});

test("an engine that hangs is noticed by its silence", async () => {
  const failure = await failureOf(
    supervise("hanging").run(work, () => {}).outcome,
  );
  expect(failure.code).toBe("engine-lost");
  expect(failure.message).toContain("no sign of life");
});

test("an engine that talks nonsense is not listened to", async () => {
  const failure = await failureOf(
    supervise("babbling").run(work, () => {}).outcome,
  );
  expect(failure.message).toContain("does not understand");
});

test("an engine that dies leaves its last words to the artist", async () => {
  const failure = await failureOf(
    supervise("dying").run(work, () => {}).outcome,
  );
  expect(failure.code).toBe("engine-lost");
  expect(failure.message).toContain("exit code 7");
  expect(failure.message).toContain("the convolution ran out of memory");
});

test("after a crash the next work starts a new process", async () => {
  const supervised = supervise("stubborn");
  const begun = Promise.withResolvers<void>();
  const { outcome } = supervised.run(work, () => begun.resolve());
  await begun.promise;
  const first = supervised.pid!;
  process.kill(first, "SIGKILL");
  expect((await failureOf(outcome)).message).toContain("SIGKILL");
  await supervised.start();
  expect(supervised.pid).not.toBe(first);
  expect(states).toEqual(["starting", "ready", "lost", "starting", "ready"]);
});

describe("ending work", () => {
  test("an engine that does not stop when asked is stopped", async () => {
    const supervised = supervise("stubborn");
    const begun = Promise.withResolvers<void>();
    const run = supervised.run(work, () => begun.resolve());
    await begun.promise;
    run.end("discard");
    const failure = await failureOf(run.outcome);
    expect(failure.message).toContain("did not stop its work");
  });

  test("work that has not reached the engine ends at once", async () => {
    const run = supervise("silent").run(work, () => {});
    run.end("checkpoint");
    expect((await failureOf(run.outcome)).code).toBe("cancelled");
  });

  test("closing ends the process and what it does", async () => {
    const supervised = supervise("stubborn");
    const begun = Promise.withResolvers<void>();
    const { outcome } = supervised.run(work, () => begun.resolve());
    await begun.promise;
    const pid = supervised.pid!;
    const failed = failureOf(outcome);
    await supervised.close();
    expect((await failed).code).toBe("cancelled");
    expect(() => process.kill(pid, 0)).toThrow();
    expect((await failureOf(supervised.start())).code).toBe("cancelled");
    expect(states).not.toContain("lost");
  });
});

test("the pauses between starts double and stay bounded", () => {
  const pauses = Array.from({ length: 10 }, (_, crashes) =>
    pauseBeforeStart(crashes),
  );
  expect(pauses.slice(0, 4)).toEqual([0, 500, 1000, 2000]);
  expect(pauses.at(-1)).toBe(30_000);
});
