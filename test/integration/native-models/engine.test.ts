import { EventEmitter, on } from "node:events";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type EngineEvent,
  type EngineRequest,
  engineEventSchema,
} from "../../../common/contract/engine.ts";
import { serveEngine } from "../../../native-models/engine.ts";
import { vectorLength } from "../../../native-models/networks/generator.ts";
import {
  createGenerator,
  storedGenerator,
} from "../../../native-models/networks/generator-weights.ts";
import {
  readSafetensors,
  type StoredTensor,
  writeSafetensors,
} from "../../../native-models/weights/safetensors.ts";

const perceptual = new Uint8Array(
  readFileSync(
    new URL(
      "../../../resources/models/perceptual/weights.safetensors",
      import.meta.url,
    ),
  ),
);

/** One engine for the file, as in a process of its own; what it sends is kept in order and parsed. */
const channel = new EventEmitter();
const events: EngineEvent[] = [];
let receive: (request: unknown) => void;
let base: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  serveEngine({
    send: (event) => {
      const parsed = engineEventSchema.parse(structuredClone(event));
      events.push(parsed);
      channel.emit("event", parsed);
    },
    onRequest: (listener) => {
      receive = listener;
    },
  });
  await next((event) => event.kind === "ready");
  const vector: StoredTensor = {
    dtype: "F32",
    shape: [vectorLength],
    data: Float32Array.from({ length: vectorLength }, (_, i) => Math.sin(i)),
  };
  base = new Uint8Array(
    writeSafetensors([
      ...(await storedGenerator(createGenerator(1))),
      ["style.vector", vector],
    ]),
  );
});

/** The first event from now on that fits. */
async function next(
  fits: (event: EngineEvent) => boolean,
): Promise<EngineEvent> {
  const signal = AbortSignal.timeout(60_000);
  for await (const [event] of on(channel, "event", { signal })) {
    if (fits(event)) return event;
  }
  throw new Error("The engine fell silent.");
}

type Last = Extract<
  EngineEvent,
  { kind: "stylized" | "trained" | "paused" | "failed" }
>;

/** Sends a request and gives all its events; the last one ends it. */
async function ask(request: EngineRequest): Promise<[Last, EngineEvent[]]> {
  const start = events.length;
  const ending = ["stylized", "trained", "paused", "failed"];
  const last = next(
    ({ id, kind }) => id === request.id && ending.includes(kind),
  );
  receive(structuredClone(request));
  const event = (await last) as Last;
  return [event, events.slice(start).filter(({ id }) => id === request.id)];
}

function pictureOf(width: number, height: number) {
  const samples = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => 127 + 127 * Math.sin(i / 50 + Math.floor(i / 3 / width) / 9),
  );
  return { width, height, channels: 3 as const, samples };
}

function stylize(
  id: string,
  change: Partial<Extract<EngineRequest, { kind: "stylize" }>> = {},
): EngineRequest {
  return {
    id,
    kind: "stylize",
    picture: pictureOf(120, 80),
    weights: [base],
    brushSize: 1,
    memoryBudget: 2 ** 26,
    ...change,
  };
}

function train(
  id: string,
  {
    steps = 3,
    ...change
  }: Partial<Extract<EngineRequest, { kind: "train" }>> & {
    steps?: number;
  } = {},
): EngineRequest {
  return {
    id,
    kind: "train",
    settings: {
      recipe: "personal",
      seed: 1,
      steps,
      minutes: null,
      batch: 1,
      crop: 32,
      contentWeight: 1,
      styleWeight: 5,
      totalVariationWeight: 0.3,
    },
    drawings: [pictureOf(64, 64)],
    photos: [pictureOf(72, 64)],
    samples: [pictureOf(48, 32)],
    perceptual,
    base: null,
    checkpoint: null,
    checkpointEvery: 3600,
    ...change,
  };
}

describe("the engine", () => {
  test("says what it is before all else, and again when asked", async () => {
    expect(events[0]).toMatchObject({ id: "", kind: "ready" });
    const answer = next(({ id }) => id === "d");
    receive({ id: "d", kind: "describe" });
    expect(await answer).toMatchObject({
      kind: "ready",
      description: { versions: { node: process.versions.node } },
    });
  });

  test("beats while it is idle", async () => {
    const beat = await next(({ kind }) => kind === "heartbeat");
    expect(beat.id).toBe("");
  });

  test.each([
    [{ id: "q", kind: "dance" }, "q", /kind/],
    [{ kind: "describe" }, "unknown", /id/],
    [null, "unknown", /request/],
    [
      { ...stylize("r"), picture: { ...pictureOf(2, 2), width: 3 } },
      "r",
      /number of samples/,
    ],
  ])(
    "refuses what it does not understand, and goes on",
    async (request, id, message) => {
      const answer = next((event) => event.kind === "failed");
      receive(request);
      const event = await answer;
      expect(event).toMatchObject({ id, failure: { code: "invalid" } });
      expect(
        (event as Extract<EngineEvent, { kind: "failed" }>).failure.message,
      ).toMatch(message);
    },
  );
});

describe("stylising through the port", () => {
  test("reports each tile and then gives the picture", async () => {
    const [last, all] = await ask(stylize("s1"));
    expect(all.map(({ kind }) => kind)).toEqual([
      "progress",
      "progress",
      "stylized",
    ]);
    expect(last).toMatchObject({
      kind: "stylized",
      picture: { width: 120, height: 80, channels: 3 },
    });
  });

  test("lays the style's tensors over the base's", async () => {
    const data = new Float32Array(vectorLength).fill(1);
    const other = writeSafetensors([
      ["style.vector", { dtype: "F32", shape: [vectorLength], data }],
    ]);
    const [plain] = await ask(stylize("s2"));
    const [changed] = await ask(
      stylize("s3", { weights: [base, new Uint8Array(other)] }),
    );
    const [again] = await ask(stylize("s4"));
    expect(changed.kind).toBe("stylized");
    expect({ ...changed, id: "" }).not.toEqual({ ...plain, id: "" });
    expect({ ...again, id: "" }).toEqual({ ...plain, id: "" });
  });

  test.each<[string, () => Uint8Array<ArrayBuffer>, RegExp]>([
    ["cut short", () => base.slice(0, 1000), /is damaged/],
    [
      "of another model",
      () => perceptual.slice(),
      /are of no network that Fude knows/,
    ],
    ["with a header that lies", () => base.with(0, base[0]! ^ 8), /is damaged/],
  ])("refuses weights %s, and goes on", async (_, weights, message) => {
    const [last] = await ask(stylize("s5", { weights: [weights()] }));
    expect(last).toMatchObject({
      kind: "failed",
      failure: { code: expect.stringMatching(/^(damaged|unsupported)$/) },
    });
    expect(last.kind === "failed" && last.failure.message).toMatch(message);
    expect((await ask(stylize("s6")))[0].kind).toBe("stylized");
  });

  test("refuses a second piece of work, and ends the first when asked", async () => {
    const large = stylize("s7", { picture: pictureOf(1600, 1200) });
    const begun = next(({ id, kind }) => id === "s7" && kind === "progress");
    const first = ask(large);
    await begun;
    const [second] = await ask(stylize("s8"));
    expect(second).toMatchObject({
      kind: "failed",
      failure: { code: "conflict" },
    });
    receive({ id: "c0", kind: "cancel", target: "another", how: "discard" });
    receive({ id: "c1", kind: "cancel", target: "s7", how: "discard" });
    const [last] = await first;
    expect(last).toMatchObject({
      kind: "failed",
      failure: { code: "cancelled" },
    });
    expect((await ask(stylize("s9")))[0].kind).toBe("stylized");
  });
});

describe("previews through the port", () => {
  test("go before a picture that is under way, which then ends as it would have", async () => {
    const large = { picture: pictureOf(1200, 900) };
    const [alone] = await ask(stylize("p1", large));
    const begun = next(({ id, kind }) => id === "p2" && kind === "progress");
    const work = ask(stylize("p2", large));
    await begun;
    const at = events.length;
    const [first] = await ask(stylize("p3", { preview: true }));
    const [second] = await ask(stylize("p4", { preview: true }));
    expect([first.kind, second.kind]).toEqual(["stylized", "stylized"]);
    // At most the tile that was under way came in between.
    const between = events
      .slice(at)
      .filter(({ id, kind }) => id === "p2" && kind === "progress");
    expect(between.length).toBeLessThanOrEqual(1);
    const [last] = await work;
    expect({ ...last, id: "" }).toEqual({ ...alone, id: "" });
  });

  test("go before the steps of a training, which learns the same", async () => {
    const [alone] = await ask(train("p5", { steps: 4 }));
    const begun = next(({ id, kind }) => id === "p6" && kind === "training");
    const work = ask(train("p6", { steps: 4 }));
    await begun;
    const at = events.length;
    const [preview] = await ask(stylize("p7", { preview: true }));
    expect(preview.kind).toBe("stylized");
    const steps = events
      .slice(at)
      .filter(({ id, kind }) => id === "p6" && kind === "training");
    expect(steps.length).toBeLessThanOrEqual(1);
    const [last] = await work;
    expect(last.kind === "trained" && last.weights).toEqual(
      alone.kind === "trained" && alone.weights,
    );
  });

  test("are ended when asked, and leave the other work alone", async () => {
    const begun = next(({ id, kind }) => id === "p8" && kind === "progress");
    const work = ask(stylize("p8", { picture: pictureOf(900, 700) }));
    await begun;
    const started = next(({ id, kind }) => id === "p9" && kind === "progress");
    const preview = ask(
      stylize("p9", { picture: pictureOf(500, 400), preview: true }),
    );
    await started;
    receive({ id: "c5", kind: "cancel", target: "p9", how: "discard" });
    expect((await preview)[0]).toMatchObject({
      kind: "failed",
      failure: { code: "cancelled" },
    });
    expect((await work)[0].kind).toBe("stylized");
  });

  test("do not keep the other work from being ended", async () => {
    const begun = next(({ id, kind }) => id === "p10" && kind === "progress");
    const work = ask(stylize("p10", { picture: pictureOf(900, 700) }));
    await begun;
    const preview = ask(
      stylize("p11", { picture: pictureOf(500, 400), preview: true }),
    );
    receive({ id: "c6", kind: "cancel", target: "p10", how: "discard" });
    const [last] = await work;
    expect(last).toMatchObject({ failure: { code: "cancelled" } });
    expect((await preview)[0].kind).toBe("stylized");
  });
});

describe("training through the port", () => {
  test("reports steps and samples, and gives weights that stylise", async () => {
    const [last, all] = await ask(train("t1"));
    expect(last).toMatchObject({ kind: "trained", step: 3 });
    expect(all.filter(({ kind }) => kind === "training")).toHaveLength(3);
    expect(all.some(({ kind }) => kind === "sample")).toBe(true);
    if (last.kind !== "trained") return;
    expect(readSafetensors(last.weights).tensors.has("style.vector")).toBe(
      true,
    );
    const [picture] = await ask(stylize("t2", { weights: [last.weights] }));
    expect(picture.kind).toBe("stylized");
  });

  test("pauses with a checkpoint from which it goes on", async () => {
    const request = train("t3", { steps: 50 });
    const begun = next(({ id, kind }) => id === "t3" && kind === "training");
    const work = ask(request);
    await begun;
    receive({ id: "c2", kind: "cancel", target: "t3", how: "checkpoint" });
    const [last, all] = await work;
    expect(last.kind).toBe("paused");
    const checkpoint = all.findLast(({ kind }) => kind === "checkpoint");
    expect(checkpoint?.kind).toBe("checkpoint");
    if (checkpoint?.kind !== "checkpoint") return;
    const resumed = ask(
      train("t4", { steps: 50, checkpoint: checkpoint.bytes }),
    );
    await next(({ id, kind }) => id === "t4" && kind === "training");
    receive({ id: "c3", kind: "cancel", target: "t4", how: "finish" });
    const [end, steps] = await resumed;
    expect(end.kind).toBe("trained");
    const first = steps.find(({ kind }) => kind === "training");
    expect(first).toMatchObject({ step: checkpoint.step + 1 });
  });

  test("is cancelled without a result", async () => {
    const begun = next(({ id, kind }) => id === "t5" && kind === "training");
    const work = ask(train("t5", { steps: 50 }));
    await begun;
    receive({ id: "c4", kind: "cancel", target: "t5", how: "discard" });
    const [last] = await work;
    expect(last).toMatchObject({
      kind: "failed",
      failure: { code: "cancelled" },
    });
  });

  test("refuses a damaged checkpoint and damaged networks", async () => {
    for (const change of [
      { checkpoint: base.slice(0, 100) },
      { perceptual: perceptual.slice(0, 100) },
      { base: base.slice(0, 100) },
    ]) {
      const [last] = await ask(train("t6", change));
      expect(last).toMatchObject({
        kind: "failed",
        failure: { code: "damaged" },
      });
    }
  });
});
