import {
  type EngineDescription,
  type EngineEvent,
  type EngineRequest,
  engineEventSchema,
} from "../../../common/contract/engine.ts";
import { Failure } from "../../../common/failure.ts";
import type { EngineProcess } from "./engine-process.ts";

export interface Patience {
  /** Milliseconds from the start to `ready`. */
  ready: number;
  /** Milliseconds of silence after which the engine counts as hung. */
  heartbeat: number;
  /** Milliseconds from a `cancel` to the end of the work. */
  cancel: number;
}

/**
 * Loading TensorFlow from a cold disk takes tens of seconds. What a training does before its first step is one piece,
 * for which WebAssembly needs minutes on a busy machine.
 */
export const usualPatience: Patience = {
  ready: 120_000,
  heartbeat: 300_000,
  cancel: 30_000,
};

export interface Connection {
  readonly pid: number | undefined;
  /** Rejects with a Failure when the process ends or hangs before it is ready. */
  readonly ready: Promise<EngineDescription>;
  post(request: EngineRequest): void;
  /** Kills the process; `onLost` follows. */
  abandon(why: string): void;
  /** Kills the process without calling it lost. */
  close(): Promise<void>;
}

const keptLines = 40;
/** What says nothing: empty lines, Node's stack frames, markers and version, TensorFlow's greetings. */
const noise =
  /^\s*$|^\s+at |^\s*\^+\s*$|^Node\.js v|^I\d{4} |^WARNING: All log/;
const shownLines = 3;

/**
 * One life of an engine process: handshake, heartbeat, its last words. Every message is parsed.
 * @param onEvent every event but heartbeats
 * @param onLost called once when the process ends by itself or has to be killed, never after `close`
 */
export function connect(
  process: EngineProcess,
  patience: Patience,
  onEvent: (event: EngineEvent) => void,
  onLost: (failure: Failure) => void,
): Connection {
  const lines: string[] = [];
  const ready = Promise.withResolvers<EngineDescription>();
  const exited = Promise.withResolvers<void>();
  let killedFor: string | null = null;
  let closing = false;
  let lastHeard = performance.now();
  // Whoever starts the engine awaits `ready`; a loss before anybody does must not end the studio.
  ready.promise.catch(() => {});

  const abandon = (why: string) => {
    killedFor ??= why;
    process.kill();
  };

  process.onStderr((text) => {
    lines.push(...text.split(/\r?\n/).filter((line) => !noise.test(line)));
    lines.splice(0, Math.max(0, lines.length - keptLines));
  });

  process.onMessage((message) => {
    lastHeard = performance.now();
    const parsed = engineEventSchema.safeParse(message);
    if (!parsed.success) {
      abandon("it sent something that the studio does not understand");
      return;
    }
    if (parsed.data.kind === "heartbeat") return;
    if (parsed.data.kind === "ready") ready.resolve(parsed.data.description);
    // Not about any work: there is no backend that could do some.
    else if (parsed.data.kind === "failed" && parsed.data.id === "start")
      abandon(parsed.data.failure.message);
    onEvent(parsed.data);
  });

  const readyTimer = setTimeout(
    () => abandon(`it was not ready after ${patience.ready / 1000} s`),
    patience.ready,
  );
  ready.promise.then(
    () => clearTimeout(readyTimer),
    () => clearTimeout(readyTimer),
  );

  const interval = patience.heartbeat / 4;
  let lastLook = performance.now();
  const heartbeatTimer = setInterval(() => {
    const now = performance.now();
    // A late timer means that this process slept (a closed laptop): the engine gets its time anew.
    if (now - lastLook > 2 * interval) lastHeard = now;
    lastLook = now;
    if (now - lastHeard > patience.heartbeat)
      abandon(`it gave no sign of life for ${patience.heartbeat / 1000} s`);
  }, interval);
  heartbeatTimer.unref();

  process.onExit((why) => {
    clearInterval(heartbeatTimer);
    exited.resolve();
    const failure = new Failure(
      "engine-lost",
      lastWords(killedFor ?? why, lines),
      { hint: "Fude starts it anew; run “fude doctor” if this goes on." },
    );
    ready.reject(failure);
    if (!closing) onLost(failure);
  });

  return {
    pid: process.pid,
    ready: ready.promise,
    post: (request) => process.post(request),
    abandon,
    close() {
      closing = true;
      process.kill();
      return exited.promise;
    },
  };
}

function lastWords(why: string, lines: readonly string[]): string {
  const said = lines.slice(-shownLines).join(" / ");
  return `The engine stopped (${why})${said === "" ? "." : `; it said last: ${said}`}`;
}
