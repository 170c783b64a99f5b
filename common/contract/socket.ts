import { z } from "zod";
import { failureSchema } from "./engine.ts";
import { studioEvents } from "./studio.ts";

/**
 * What the page and the browser host say to each other on the socket `/studio`: one MessagePack map a message.
 * The payloads of calls and events are those of `studio.ts` and are parsed by it.
 */

/** Largest message that a host accepts, in bytes: a picture of half a gigabyte and what is said around it. */
export const maximumMessageBytes = 512 * 2 ** 20;

const callId = z.union([z.int(), z.string().min(1).max(64)]);

/** Page to host. */
export const socketRequestSchema = z.strictObject({
  id: callId,
  call: z.string().max(64),
  input: z.unknown(),
});
export type SocketRequest = z.infer<typeof socketRequestSchema>;

/** Host to page: the answer to the request of that id, or an event. */
export const socketMessageSchema = z.union([
  z.strictObject({ id: callId, output: z.unknown() }),
  z.strictObject({ id: callId, failure: failureSchema }),
  z.strictObject({
    event: z.enum(
      Object.keys(studioEvents) as [
        keyof typeof studioEvents,
        ...(keyof typeof studioEvents)[],
      ],
    ),
    payload: z.unknown(),
  }),
]);
export type SocketMessage = z.infer<typeof socketMessageSchema>;
