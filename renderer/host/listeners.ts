import {
  type EventPayload,
  type StudioEvent,
  studioEvents,
} from "../../common/contract/studio.ts";

/** Who listens to which of the studio's events; parses each payload before it is handed on. */
export class EventListeners {
  readonly #listeners = new Map<StudioEvent, Set<(payload: unknown) => void>>();

  add<E extends StudioEvent>(
    name: E,
    listener: (payload: EventPayload<E>) => void,
  ): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    const entry = listener as (payload: unknown) => void;
    set.add(entry);
    return () => set.delete(entry);
  }

  /** @throws ZodError when the payload is not what the contract says */
  deliver(name: string, payload: unknown): void {
    if (!Object.hasOwn(studioEvents, name)) return;
    const event = name as StudioEvent;
    const parsed: unknown = studioEvents[event].parse(payload);
    for (const listener of this.#listeners.get(event) ?? []) listener(parsed);
  }
}
