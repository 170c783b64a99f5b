import {
  type FocusEvent,
  type KeyboardEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { nextInGrid } from "./grid-keys.ts";

/** Marks what has the focus of a card. */
const stop = "[data-grid-stop]";

/**
 * One stop of the Tab key for a whole grid, in which the arrow keys lead from card to card. Each card has one element with
 * `data-grid-stop`.
 * @param count cards in all
 */
export function useGridFocus(count: number) {
  const grid = useRef<HTMLUListElement>(null);
  const focused = useRef(false);
  const [remembered, setAt] = useState(0);
  const at = Math.min(remembered, Math.max(0, count - 1));
  const stops = () => [
    ...(grid.current?.querySelectorAll<HTMLElement>(stop) ?? []),
  ];
  // A card that goes takes the focus along; the one in its place gets it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is `count` that tells of it
  useLayoutEffect(() => {
    if (!focused.current || document.activeElement !== document.body) return;
    stops()[at]?.focus();
  }, [count]);
  return {
    grid,
    /** For each card's own element: which of them Tab leads to. */
    tabIndexOf: (index: number) => (index === at ? 0 : -1),
    onFocus(index: number) {
      focused.current = true;
      setAt(index);
    },
    onBlur({ relatedTarget }: FocusEvent) {
      // Nothing takes the focus over from an element that goes away.
      if (relatedTarget !== null) focused.current = false;
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (!(event.target instanceof HTMLElement && event.target.matches(stop)))
        return;
      const all = stops();
      const top = all[0]?.getBoundingClientRect().top;
      const columns = all.findIndex(
        (element) => element.getBoundingClientRect().top !== top,
      );
      const next = nextInGrid(
        event.key,
        all.indexOf(event.target),
        all.length,
        columns === -1 ? all.length : columns,
      );
      if (next === null) return;
      event.preventDefault();
      all[next]?.focus();
    },
  };
}
