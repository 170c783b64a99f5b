import { z } from "zod";
import { failureSchema } from "../../common/contract/engine.ts";
import {
  type Input,
  type Output,
  type StudioCall,
  type StudioEvent,
  studioCalls,
  studioEvents,
} from "../../common/contract/studio.ts";
import { Failure, type FailureData } from "../../common/failure.ts";
import type { Host } from "./host.ts";
import { EventListeners } from "./listeners.ts";

/** What Electron's preload puts on `window.fude`. Errors cross as data: Electron keeps only an error's message. */
export interface FudeBridge {
  call(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
}

const answerSchema = z.union([
  z.object({ failure: failureSchema }),
  z.object({ output: z.unknown() }),
]);

/** The studio over Electron's preload; the process is the page's own parent, so it is always connected. */
export function electronHost(bridge: FudeBridge): Host {
  const listeners = new EventListeners();
  for (const name of Object.keys(studioEvents) as StudioEvent[]) {
    bridge.on(name, (payload) => listeners.deliver(name, payload));
  }
  return {
    connection: "open",
    onConnection: () => () => {},
    async call<C extends StudioCall>(
      name: C,
      input: Input<C>,
    ): Promise<Output<C>> {
      const answer = answerSchema.parse(await bridge.call(name, input));
      if ("failure" in answer) {
        throw Failure.fromData(answer.failure as FailureData);
      }
      return studioCalls[name].output.parse(answer.output) as Output<C>;
    },
    on: (name, listener) => listeners.add(name, listener),
    pictureUrl: (projectId) => `/pictures/${projectId}.png`,
    assetUrl(hash, options) {
      const side = options?.longestSide;
      return `/assets/${hash}${side ? `?side=${side}` : ""}`;
    },
  };
}
