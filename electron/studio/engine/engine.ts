import { randomUUID } from "node:crypto";
import type {
  EngineDescription,
  EngineEvent,
  EngineRequest,
} from "../../../common/contract/engine.ts";
import { Failure } from "../../../common/failure.ts";
import {
  type Connection,
  connect,
  type Patience,
  usualPatience,
} from "./connection.ts";
import type { LaunchEngine } from "./engine-process.ts";

type WithoutId<Request> = Request extends { id: string }
  ? Omit<Request, "id">
  : never;
export type EngineWork = WithoutId<
  Extract<EngineRequest, { kind: "stylize" | "train" | "convert" | "encode" }>
>;
export type EngineOutcome = Extract<
  EngineEvent,
  { kind: "stylized" | "trained" | "paused" | "converted" | "encoded" }
>;
export type HowToEnd = Extract<EngineRequest, { kind: "cancel" }>["how"];

export interface EngineRun {
  /** Rejects with the engine's Failure, with `engine-lost` when its process died, with `cancelled` when it was ended. */
  readonly outcome: Promise<EngineOutcome>;
  end(how: HowToEnd): void;
}

export interface EngineState {
  state: "starting" | "ready" | "lost";
  description: EngineDescription | null;
}

export interface Engine {
  readonly description: EngineDescription | null;
  /** The process that runs now, if any. */
  readonly pid: number | undefined;
  /** Starts the process if none runs; after a crash not before a pause that doubles each time. */
  start(): Promise<EngineDescription>;
  /**
   * Starts the process if need be and gives it one piece of work.
   * @param onEvent gets what comes before the outcome
   * @param options.givesWay ends, as cancelled, when something else wants the engine for itself
   */
  run(
    work: EngineWork,
    onEvent: (event: EngineEvent) => void,
    options?: { givesWay: boolean },
  ): EngineRun;
  /** Ends the process; work that is under way is rejected as cancelled. */
  close(): Promise<void>;
}

interface CurrentRun {
  /** Makes room; resolves when the engine is free of it. Null for work that stays. */
  readonly giveWay: (() => Promise<void>) | null;
  onEvent(event: EngineEvent): void;
  resolve(outcome: EngineOutcome): void;
  reject(failure: Failure): void;
}

const firstPause = 500;
const longestPause = 30_000;

/**
 * Milliseconds to wait before the next start: none at first, then doubling from half a second to half a minute.
 * @param crashes how often the engine has been lost since it last finished a piece of work
 */
export function pauseBeforeStart(crashes: number): number {
  return crashes === 0
    ? 0
    : Math.min(longestPause, firstPause * 2 ** (crashes - 1));
}

/** Supervises the engine: at most one process, started when it is first needed, started anew after a crash. */
export function superviseEngine(options: {
  launch: LaunchEngine;
  onState?: (state: EngineState) => void;
  patience?: Patience;
}): Engine {
  const patience = options.patience ?? usualPatience;
  const runs = new Map<string, CurrentRun>();
  let connection: Connection | null = null;
  let description: EngineDescription | null = null;
  let starting: Promise<Connection> | null = null;
  let crashes = 0;
  const closed = new AbortController();

  const tell = (state: EngineState["state"]) =>
    options.onState?.({ state, description });

  const onEvent = (event: EngineEvent) => {
    const run = runs.get(event.id);
    if (run === undefined) return;
    switch (event.kind) {
      case "stylized":
      case "trained":
      case "paused":
      case "converted":
      case "encoded":
        crashes = 0;
        runs.delete(event.id);
        return run.resolve(event);
      case "failed":
        runs.delete(event.id);
        return run.reject(Failure.fromData(event.failure));
      default:
        return run.onEvent(event);
    }
  };

  const onLost = (failure: Failure) => {
    crashes += 1;
    connection = null;
    description = null;
    starting = null;
    tell("lost");
    for (const run of runs.values()) run.reject(failure);
    runs.clear();
  };

  const launch = async (): Promise<Connection> => {
    await pause(pauseBeforeStart(crashes), closed.signal);
    tell("starting");
    connection = connect(options.launch(), patience, onEvent, onLost);
    const current = connection;
    description = await current.ready;
    tell("ready");
    return current;
  };

  const connected = (): Promise<Connection> => {
    if (closed.signal.aborted)
      return Promise.reject(new Failure("cancelled", "The studio is closing."));
    starting ??= launch().catch((error: unknown) => {
      starting = null;
      throw error;
    });
    return starting;
  };

  /** What has to make room before `work` begins: the engine does one picture or training at a time. */
  const inTheWayOf = (work: EngineWork) =>
    work.kind === "train" || (work.kind === "stylize" && !work.preview)
      ? [...runs.values()].find(({ giveWay }) => giveWay !== null)
      : undefined;

  return {
    get description() {
      return description;
    },
    get pid() {
      return connection?.pid;
    },
    async start() {
      await connected();
      return description!;
    },
    run(work, onEventOfRun, { givesWay } = { givesWay: false }) {
      const id = randomUUID();
      const { promise, resolve, reject } =
        Promise.withResolvers<EngineOutcome>();
      let ended: HowToEnd | null = null;
      let posted: Connection | null = null;
      const cancel = (target: Connection, how: HowToEnd) => {
        if (!runs.has(id)) return;
        target.post({ id: randomUUID(), kind: "cancel", target: id, how });
        const timer = setTimeout(
          () => target.abandon("it did not stop its work when asked"),
          patience.cancel,
        );
        const done = () => clearTimeout(timer);
        promise.then(done, done);
      };
      const send = async () => {
        let target = await connected();
        for (let other = inTheWayOf(work); other; other = inTheWayOf(work)) {
          await other.giveWay?.();
          target = await connected();
        }
        // Only a training that is to finish has to begin although it was ended: its result is wanted.
        if (ended !== null && ended !== "finish") return;
        runs.set(id, {
          onEvent: onEventOfRun,
          resolve,
          reject,
          giveWay: givesWay
            ? async () => {
                cancel(target, "discard");
                await promise.catch(() => {});
              }
            : null,
        });
        posted = target;
        target.post({ ...work, id } as EngineRequest);
        if (ended !== null) cancel(target, ended);
      };
      send().catch((error: unknown) => reject(Failure.from(error)));
      return {
        outcome: promise,
        end(how) {
          ended = how;
          if (posted !== null) cancel(posted, how);
          else if (how !== "finish") reject(cancelled());
        },
      };
    },
    async close() {
      closed.abort();
      const current = connection;
      connection = null;
      await current?.close();
      for (const run of runs.values()) run.reject(cancelled());
      runs.clear();
    },
  };
}

function cancelled(): Failure {
  return new Failure("cancelled", "The work was cancelled.");
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(cancelled());
    });
  });
}
