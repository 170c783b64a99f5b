import {
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
} from "react";
import type { PadPlace } from "../../state/mix-pad.ts";

/** What a hand does on the pad. */
export interface PadHand {
  /** There is nothing to mix. */
  readonly idle: boolean;
  readonly place: PadPlace;
  onPreview(place: PadPlace): void;
  onCommit(place: PadPlace): void;
  /** Back to where it was before. */
  onCancel(): void;
}

/** Pixels that a press on a corner may move before it is a drag and no press of a button. */
const slack = 3;

interface Drag {
  readonly from: { x: number; y: number };
  /** Where the hand has taken the puck; null as long as it may still be a press. */
  place: PadPlace | null;
  readonly end: () => void;
}

/**
 * Properties for the pad that let a mouse or a pen drag the puck from anywhere. One drag is one commit; Escape takes it
 * back.
 * @param field the part over which the puck moves
 */
export function usePadPointer(
  field: RefObject<HTMLDivElement | null>,
  hand: PadHand,
) {
  const drag = useRef<Drag | null>(null);
  const latest = useRef(hand);
  latest.current = hand;
  /** A drag that began on a corner ends with a click there, which is not meant. */
  const dragged = useRef(false);

  const placeAt = (event: PointerEvent): PadPlace => {
    const box = field.current!.getBoundingClientRect();
    const share = (at: number, from: number, length: number) =>
      Math.min(1, Math.max(0, (at - from) / length));
    return {
      x: share(event.clientX, box.left, box.width),
      y: share(event.clientY, box.top, box.height),
    };
  };
  const moveTo = (place: PadPlace) => {
    drag.current!.place = place;
    dragged.current = true;
    latest.current.onPreview(place);
  };
  const cancel = () => {
    const { place, end } = drag.current ?? {};
    drag.current = null;
    end?.();
    if (place) latest.current.onCancel();
  };
  useEffect(
    () => () => {
      drag.current?.end();
      drag.current = null;
    },
    [],
  );

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      dragged.current = false;
      // A corner's chooser lies elsewhere, though React takes it for a part of the pad.
      if (!event.currentTarget.contains(event.target as Node)) return;
      if (hand.idle || event.button !== 0) return;
      const onKey = (key: KeyboardEvent) => {
        if (key.key !== "Escape") return;
        key.preventDefault();
        key.stopImmediatePropagation();
        cancel();
      };
      window.addEventListener("keydown", onKey, true);
      drag.current = {
        from: { x: event.clientX, y: event.clientY },
        place: null,
        end: () => window.removeEventListener("keydown", onKey, true),
      };
      const onCorner =
        event.target instanceof Element && event.target.closest("button");
      if (onCorner) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      moveTo(placeAt(event));
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current;
      if (!now) return;
      const { x, y } = now.from;
      const far = Math.hypot(event.clientX - x, event.clientY - y) > slack;
      if (now.place === null && !far) return;
      if (now.place === null)
        event.currentTarget.setPointerCapture(event.pointerId);
      moveTo(placeAt(event));
    },
    onPointerUp: () => {
      const { place, end } = drag.current ?? {};
      drag.current = null;
      end?.();
      if (place) latest.current.onCommit(place);
    },
    onPointerCancel: cancel,
    onClickCapture: (event: MouseEvent) => {
      if (!dragged.current) return;
      dragged.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
