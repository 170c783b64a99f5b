export interface Throttle<Key> {
  /** Runs `act` for the key now, or, if it ran less than the interval ago, once when the interval is over. */
  request(key: Key): void;
  /** Runs `act` for the key now, whatever waited. */
  flush(key: Key): void;
  dispose(): void;
}

/** Keeps a stream of changes to at most one action in `interval` milliseconds for each key; the last one always acts. */
export function throttle<Key>(
  interval: number,
  act: (key: Key) => void,
): Throttle<Key> {
  const timers = new Map<Key, NodeJS.Timeout>();
  const lastActed = new Map<Key, number>();
  const flush = (key: Key) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    lastActed.set(key, performance.now());
    act(key);
  };
  return {
    flush,
    request(key) {
      if (timers.has(key)) return;
      const since = performance.now() - (lastActed.get(key) ?? -Infinity);
      if (since >= interval) flush(key);
      else
        timers.set(
          key,
          setTimeout(() => flush(key), interval - since),
        );
    },
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      lastActed.clear();
    },
  };
}
