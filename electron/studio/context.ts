import type {
  EventPayload,
  Input,
  Output,
  StudioCall,
  StudioEvent,
} from "../../common/contract/studio.ts";
import type { AssetStore } from "./assets/asset-store.ts";
import type { Engine } from "./engine/engine.ts";
import type { Library } from "./library/library.ts";

/** The part of a logger that the studio uses; pino's has this shape. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the use cases share. */
export interface Context {
  readonly dataFolder: string;
  readonly resourcesFolder: string;
  readonly library: Library;
  readonly assets: AssetStore;
  readonly engine: Engine;
  readonly log: Log;
  emit<E extends StudioEvent>(event: E, payload: EventPayload<E>): void;
}

/** The calls that one use case answers. */
export type Answers<Calls extends StudioCall> = {
  [C in Calls]: (input: Input<C>) => Promise<Output<C>> | Output<C>;
};
