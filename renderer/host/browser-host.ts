import { decode, encode } from "@msgpack/msgpack";
import { z } from "zod";
import { failureSchema } from "../../common/contract/engine.ts";
import {
  type Input,
  type Output,
  type StudioCall,
  studioCalls,
} from "../../common/contract/studio.ts";
import { Failure, type FailureData } from "../../common/failure.ts";
import type { ConnectionState, Host } from "./host.ts";
import { EventListeners } from "./listeners.ts";

const messageSchema = z.union([
  z.object({ id: z.int(), failure: failureSchema }),
  z.object({ id: z.int(), output: z.unknown() }),
  z.object({ event: z.string(), payload: z.unknown() }),
]);

interface PendingCall {
  readonly name: StudioCall;
  readonly frame: Uint8Array<ArrayBuffer>;
  /** A call that was sent before the line broke may have been carried out: it fails rather than run twice. */
  sent: boolean;
  resolve(output: unknown): void;
  reject(reason: Failure): void;
}

const firstRetry = 250;
const slowestRetry = 4000;

/**
 * The studio over a WebSocket, in MessagePack frames. Reconnects with growing pauses; calls made meanwhile wait.
 * @param socketUrl ws: address of the studio
 */
export function browserHost(socketUrl: string): Host {
  const listeners = new EventListeners();
  const watchers = new Set<(state: ConnectionState) => void>();
  const pending = new Map<number, PendingCall>();
  let connection: ConnectionState = "connecting";
  let socket: WebSocket | null = null;
  let nextId = 1;
  let retry = firstRetry;

  const setConnection = (state: ConnectionState) => {
    if (state === connection) return;
    connection = state;
    for (const watcher of watchers) watcher(state);
  };

  const receive = (data: ArrayBuffer) => {
    const message = messageSchema.parse(decode(data));
    if ("event" in message) {
      listeners.deliver(message.event, message.payload);
      return;
    }
    const call = pending.get(message.id);
    if (!call) return;
    pending.delete(message.id);
    if ("failure" in message) {
      call.reject(Failure.fromData(message.failure as FailureData));
      return;
    }
    const output = studioCalls[call.name].output.safeParse(message.output);
    if (output.success) call.resolve(output.data);
    else
      call.reject(
        new Failure(
          "internal",
          `The studio's answer to ${call.name} makes no sense.`,
          {
            cause: output.error,
          },
        ),
      );
  };

  const flush = () => {
    for (const call of pending.values()) {
      if (call.sent || socket?.readyState !== WebSocket.OPEN) continue;
      socket.send(call.frame);
      call.sent = true;
    }
  };

  const connect = () => {
    const line = new WebSocket(socketUrl);
    line.binaryType = "arraybuffer";
    socket = line;
    line.onopen = () => {
      retry = firstRetry;
      flush();
      setConnection("open");
    };
    line.onmessage = (event: MessageEvent<ArrayBuffer>) => receive(event.data);
    line.onclose = () => {
      if (connection === "open") setConnection("lost");
      for (const [id, call] of pending) {
        if (!call.sent) continue;
        pending.delete(id);
        call.reject(
          new Failure("engine-lost", "The connection to the studio broke.", {
            hint: "Fude reconnects by itself; try again in a moment.",
          }),
        );
      }
      window.setTimeout(connect, retry);
      retry = Math.min(retry * 2, slowestRetry);
    };
  };
  connect();

  return {
    get connection() {
      return connection;
    },
    onConnection(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    call<C extends StudioCall>(name: C, input: Input<C>): Promise<Output<C>> {
      const id = nextId++;
      return new Promise<Output<C>>((resolve, reject) => {
        pending.set(id, {
          name,
          frame: encode({ id, call: name, input }, { ignoreUndefined: true }),
          sent: false,
          resolve: (output) => resolve(output as Output<C>),
          reject,
        });
        flush();
      });
    },
    on: (name, listener) => listeners.add(name, listener),
    pictureUrl: (projectId) => `/pictures/${projectId}.png`,
    assetUrl(hash, options) {
      const side = options?.longestSide;
      return `/assets/${hash}${side ? `?side=${side}` : ""}`;
    },
  };
}
