import { type KeyboardEvent, useRef } from "react";
import type { PadPlace } from "../../state/mix-pad.ts";
import type { PadHand } from "./use-pad-pointer.ts";

/** How far one press of an arrow goes, and one with Shift. */
const step = { small: 0.05, large: 0.2 };

const directions: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Places that keys go to at once. */
const jumps: Record<string, (place: PadPlace) => PadPlace> = {
  Home: ({ y }) => ({ x: 0, y }),
  End: ({ x: _, y }) => ({ x: 1, y }),
  PageUp: ({ x }) => ({ x, y: 0 }),
  PageDown: ({ x }) => ({ x, y: 1 }),
};

/** Properties for the puck that let keys move it. However long a key is held, it is one commit. */
export function usePadKeys({
  idle,
  place,
  onPreview,
  onCommit,
  onCancel,
}: PadHand) {
  const moved = useRef<PadPlace | null>(null);
  const commit = () => {
    if (moved.current) onCommit(moved.current);
    moved.current = null;
  };
  return {
    onKeyDown: (event: KeyboardEvent) => {
      if (idle || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && moved.current) {
        moved.current = null;
        event.stopPropagation();
        onCancel();
        return;
      }
      const from = moved.current ?? place;
      const direction = directions[event.key];
      const by = event.shiftKey ? step.large : step.small;
      const to = direction
        ? { x: from.x + direction[0] * by, y: from.y + direction[1] * by }
        : jumps[event.key]?.(from);
      if (!to) return;
      // Neither the panel nor the canvas moves with it.
      event.preventDefault();
      event.stopPropagation();
      moved.current = { x: clipped(to.x), y: clipped(to.y) };
      onPreview(moved.current);
    },
    onKeyUp: commit,
    onBlur: commit,
  };
}

/** To whole hundredths, so that steps there and back meet. */
function clipped(value: number): number {
  return Math.min(1, Math.max(0, Math.round(value * 100) / 100));
}
