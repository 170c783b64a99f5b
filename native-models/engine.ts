import {
  type EngineEvent,
  type EngineRequest,
  engineRequestSchema,
} from "../common/contract/engine.ts";
import { Failure } from "../common/failure.ts";
import { convertModel } from "./convert-model.ts";
import { encodePictures } from "./encode-pictures.ts";
import { engineFailure } from "./engine-failure.ts";
import { LoadedStyles } from "./inference/loaded-styles.ts";
import { stylize } from "./inference/stylize.ts";
import { RightOfWay } from "./right-of-way.ts";
import { startRuntime } from "./runtime/start-runtime.ts";
import { train } from "./training/train.ts";

/** The engine's end of the channel to the studio. */
export interface EnginePort {
  send(event: EngineEvent): void;
  onRequest(listener: (request: unknown) => void): void;
  /** Resolves once everything sent has left this process. A port that others empty has no need of it. */
  delivered?(): Promise<void>;
}

type Stylize = Extract<EngineRequest, { kind: "stylize" }>;
type Train = Extract<EngineRequest, { kind: "train" }>;
type Ending = Extract<EngineRequest, { kind: "cancel" }>["how"];

/** What is being done, and what the artist wants of it by now. */
interface Current {
  readonly id: string;
  readonly abort: AbortController;
  intent: Ending | null;
}

const heartbeatMilliseconds = 1000;

/**
 * Serves the engine contract for the life of this process: chooses the backend, says `ready`, and does one piece of work
 * at a time. Whatever goes wrong is answered by `failed`; a second piece of work is refused while one goes on. Previews
 * are no such work: they go before it, and it waits for them between its layers or steps.
 */
export function serveEngine(port: EnginePort): void {
  new Engine(port).serve();
}

class Engine {
  readonly #port: EnginePort;
  readonly #styles = new LoadedStyles();
  readonly #previews = new Map<string, AbortController>();
  readonly #rightOfWay = new RightOfWay();
  #current: Current | null = null;

  constructor(port: EnginePort) {
    this.#port = port;
  }

  serve(): void {
    this.#port.onRequest((request) => this.#receive(request));
    // `ready` comes first: a heartbeat says that the engine is there for work.
    void this.#describe("").then(() =>
      setInterval(
        () => this.#port.send({ id: "", kind: "heartbeat" }),
        heartbeatMilliseconds,
      ).unref(),
    );
  }

  #receive(message: unknown): void {
    const parsed = engineRequestSchema.safeParse(message);
    if (!parsed.success) {
      const { path, message: fault } = parsed.error.issues[0]!;
      this.#fail(
        idOf(message),
        new Failure(
          "invalid",
          `The engine was asked for something that it does not know: ${path.join(".") || "request"}: ${fault}.`,
        ),
      );
      return;
    }
    const request = parsed.data;
    if (request.kind === "describe") void this.#describe(request.id);
    else if (request.kind === "cancel") this.#cancel(request);
    else if (request.kind === "convert")
      void this.#beside(request.id, () => this.#convert(request));
    else if (request.kind === "encode")
      void this.#beside(request.id, () => this.#encode(request));
    else if (request.kind === "stylize" && request.preview)
      void this.#preview(request);
    else void this.#work(request);
  }

  async #describe(id: string): Promise<void> {
    try {
      const description = await startRuntime();
      this.#port.send({ id, kind: "ready", description });
    } catch (error) {
      this.#fail(id || "start", error);
    }
  }

  /** Ends the work that is meant; work that has already ended has already answered. */
  #cancel({ target, how }: Extract<EngineRequest, { kind: "cancel" }>): void {
    this.#previews.get(target)?.abort();
    if (this.#current?.id !== target) return;
    this.#current.intent = how;
    this.#current.abort.abort();
  }

  async #preview(request: Stylize): Promise<void> {
    const abort = new AbortController();
    this.#previews.set(request.id, abort);
    const giveBack = this.#rightOfWay.take();
    await this.#beside(request.id, async () => {
      await startRuntime();
      return this.#stylize(request, abort.signal);
    });
    giveBack();
    this.#previews.delete(request.id);
  }

  async #work(request: Stylize | Train): Promise<void> {
    if (this.#current !== null) {
      this.#fail(
        request.id,
        new Failure(
          "conflict",
          "The engine is busy with another piece of work.",
          {
            hint: "Wait for it, or cancel it.",
          },
        ),
      );
      return;
    }
    const current: Current = {
      id: request.id,
      abort: new AbortController(),
      intent: null,
    };
    this.#current = current;
    let last: EngineEvent;
    try {
      await startRuntime();
      last =
        request.kind === "stylize"
          ? await this.#stylize(request, current.abort.signal, (signal) =>
              this.#rightOfWay.cleared(signal),
            )
          : await this.#train(request, current);
    } catch (error) {
      last = failed(request.id, error);
    }
    // Free before the answer goes out: whoever hears it may send the next piece of work at once.
    this.#current = null;
    this.#port.send(last);
  }

  /** Short work, done beside whatever else goes on: an import need not wait for a training. */
  async #beside(id: string, work: () => Promise<EngineEvent>): Promise<void> {
    try {
      this.#port.send(await work());
    } catch (error) {
      this.#fail(id, error);
    }
  }

  async #convert(
    request: Extract<EngineRequest, { kind: "convert" }>,
  ): Promise<EngineEvent> {
    const converted = await convertModel(request);
    return { id: request.id, kind: "converted", ...converted };
  }

  async #encode(
    request: Extract<EngineRequest, { kind: "encode" }>,
  ): Promise<EngineEvent> {
    const weights = await encodePictures(request);
    return { id: request.id, kind: "encoded", weights };
  }

  async #stylize(
    { id, picture, weights, mix, ...options }: Stylize,
    signal: AbortSignal,
    giveWay?: (signal: AbortSignal) => Promise<void>,
  ): Promise<EngineEvent> {
    const result = await this.#styles.lend(weights, mix, (style) =>
      stylize(picture, style, {
        ...options,
        signal,
        giveWay: giveWay && (() => giveWay(signal)),
        onProgress: (done, total) =>
          this.#port.send({ id, kind: "progress", done, total }),
      }),
    );
    return { id, kind: "stylized", picture: result };
  }

  async #train(request: Train, current: Current): Promise<EngineEvent> {
    const { id } = request;
    const outcome = await train(request, {
      onStep: (report) => this.#port.send({ id, kind: "training", ...report }),
      onSample: (report) => this.#port.send({ id, kind: "sample", ...report }),
      onCheckpoint: (report) =>
        this.#port.send({ id, kind: "checkpoint", ...report }),
      delivered: async () => this.#port.delivered?.(),
      giveWay: () => this.#rightOfWay.cleared(current.abort.signal),
      intent: () => current.intent,
    });
    if (outcome.kind === "discarded") {
      throw new Failure("cancelled", "The training was cancelled.");
    }
    return { id, ...outcome };
  }

  #fail(id: string, error: unknown): void {
    this.#port.send(failed(id, error));
  }
}

function failed(id: string, error: unknown): EngineEvent {
  return { id, kind: "failed", failure: engineFailure(error).toJSON() };
}

/** The id of a request that is otherwise not understood. */
function idOf(message: unknown): string {
  const { id } = (message ?? {}) as { id?: unknown };
  return typeof id === "string" && id.length > 0 && id.length <= 64
    ? id
    : "unknown";
}
