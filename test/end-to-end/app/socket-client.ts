import { once } from "node:events";
import { decode, encode } from "@msgpack/msgpack";
import type { BrowserContext } from "playwright-core";
import { socketMessageSchema } from "../../../common/contract/socket.ts";
import {
  type EventPayload,
  type Input,
  type Output,
  type StudioCall,
  type StudioClient,
  type StudioEvent,
  studioCalls,
  studioEvents,
} from "../../../common/contract/studio.ts";
import { Failure } from "../../../common/failure.ts";

export interface SocketClient extends StudioClient {
  /** Resolves with the first event that fits, from now on. */
  next<E extends StudioEvent>(
    name: E,
    fits?: (payload: EventPayload<E>) => boolean,
  ): Promise<EventPayload<E>>;
  close(): void;
}

/** A second line to the studio, with the session that the browser has: to see what the page did, not what it shows. */
export async function connectBeside(
  context: BrowserContext,
  origin: string,
): Promise<SocketClient> {
  const cookies = await context.cookies(origin);
  const cookie = cookies
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  const socket = new WebSocket(`${origin.replace("http", "ws")}/studio`, {
    headers: { cookie, origin },
  } as never);
  socket.binaryType = "arraybuffer";
  const pending = new Map<
    number,
    { resolve(output: unknown): void; reject(failure: Failure): void }
  >();
  const listeners = new Set<(event: StudioEvent, payload: unknown) => void>();
  socket.addEventListener("message", ({ data }) => {
    const message = socketMessageSchema.parse(decode(data as ArrayBuffer));
    if ("event" in message) {
      for (const listener of [...listeners])
        listener(message.event, message.payload);
      return;
    }
    const call = pending.get(Number(message.id));
    pending.delete(Number(message.id));
    if ("failure" in message)
      call?.reject(new Failure(message.failure.code, message.failure.message));
    else call?.resolve(message.output);
  });
  await once(socket, "open");

  let calls = 0;
  const on = <E extends StudioEvent>(
    name: E,
    listener: (payload: EventPayload<E>) => void,
  ) => {
    const heard = (event: StudioEvent, payload: unknown) => {
      if (event === name)
        listener(studioEvents[name].parse(payload) as EventPayload<E>);
    };
    listeners.add(heard);
    return () => {
      listeners.delete(heard);
    };
  };
  return {
    on,
    call<C extends StudioCall>(name: C, input: Input<C>) {
      const id = ++calls;
      return new Promise<Output<C>>((resolve, reject) => {
        pending.set(id, {
          resolve: (output) =>
            resolve(studioCalls[name].output.parse(output) as Output<C>),
          reject,
        });
        socket.send(encode({ id, call: name, input }));
      });
    },
    next(name, fits = () => true) {
      return new Promise((resolve) => {
        const stop = on(name, (payload) => {
          if (!fits(payload)) return;
          stop();
          resolve(payload);
        });
      });
    },
    close: () => socket.close(),
  };
}
