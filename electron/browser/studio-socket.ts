import { decode, encode } from "@msgpack/msgpack";
import type { WebSocket } from "ws";
import {
  type SocketMessage,
  type SocketRequest,
  socketRequestSchema,
} from "../../common/contract/socket.ts";
import {
  type StudioClient,
  type StudioEvent,
  studioEvents,
} from "../../common/contract/studio.ts";
import { Failure } from "../../common/failure.ts";
import { dispatch } from "../studio/dispatch.ts";

/** Bytes that may wait for a page that does not read; beyond it the page is let go and asks again when it returns. */
const patience = 256 * 2 ** 20;

/** Close codes of RFC 6455 that this host sends. */
const closeCodes = { malformed: 1007, fellBehind: 1013 };

/**
 * The studio's calls and events for one page, over one socket.
 * @param limit bytes; a larger message is answered with a Failure
 * @param onDefect told of errors that are no `Failure`
 */
export function attachSocket(
  socket: WebSocket,
  studio: StudioClient,
  limit: number,
  onDefect: (error: unknown) => void,
): void {
  const send = (message: SocketMessage) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > patience) {
      socket.close(closeCodes.fellBehind, "The page reads too slowly.");
      return;
    }
    socket.send(encode(message, { ignoreUndefined: true }));
  };

  socket.on("message", async (data, isBinary) => {
    const bytes = joined(data);
    const request = isBinary ? parse(bytes) : null;
    if (request === null) {
      socket.close(closeCodes.malformed, "That is no message of the studio's.");
      return;
    }
    const { id } = request;
    if (bytes.length > limit) {
      send({ id, failure: tooLarge(bytes.length, limit).toJSON() });
      return;
    }
    send({
      id,
      ...(await dispatch(studio, request.call, request.input, onDefect)),
    });
  });

  const listeners = (Object.keys(studioEvents) as StudioEvent[]).map((event) =>
    studio.on(event, (payload) => send({ event, payload })),
  );
  socket.on("error", onDefect);
  socket.on("close", () => {
    for (const stop of listeners) stop();
  });
}

function parse(bytes: Uint8Array): SocketRequest | null {
  try {
    const request = socketRequestSchema.safeParse(decode(bytes));
    return request.success ? request.data : null;
  } catch {
    return null;
  }
}

function tooLarge(bytes: number, limit: number): Failure {
  const megabytes = (count: number) => `${Math.ceil(count / 2 ** 20)} MB`;
  return new Failure(
    "too-large",
    `That is ${megabytes(bytes)}, more than the ${megabytes(limit)} that Fude takes at once.`,
    { hint: "Save the picture smaller or compressed and open it again." },
  );
}

function joined(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
