import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { panBy, zoomBy } from "../state/navigation.ts";
import type { ToolName } from "../state/page-state.ts";
import { usePage, useWorkspace } from "../state/use-workspace.ts";
import { toolContext, tools } from "./tool-context.ts";
import { ToolChart, type ToolPointer } from "./tools/tool.ts";
import { toDocument } from "./view.ts";

const middleButton = 1;

interface PlaceOnPage {
  readonly clientX: number;
  readonly clientY: number;
}

/** How fast the wheel zooms: e to so much, a pixel of wheel. A notch is about a hundred of them. */
const zoomPerPixel = 0.0025;
const pixelsPerLine = 20;

/** Whether Enter and Escape belong to a field, a dialog or a menu. */
function isForAnother(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, [role=dialog], [role=menu]") !== null
  );
}

/**
 * Leads the pointer and the wheel over an element to the tool in hand.
 * @param only the one tool that works there, whatever is in hand
 */
export function useTool(
  element: RefObject<HTMLElement | null>,
  only?: ToolName,
) {
  const workspace = useWorkspace();
  const chosen = usePage((state) => only ?? state.tool);
  const name = usePage((state) => only ?? state.borrowedTool) ?? chosen;
  const context = useMemo(() => toolContext(workspace), [workspace]);
  const [charts] = useState(() => new Map<ToolName, ToolChart>());
  // A tool that was put down for a moment, to pan, goes on where it was.
  const resting = useMemo(() => {
    const chart = charts.get(name) ?? new ToolChart(tools[name](context));
    charts.set(name, chart);
    return chart;
  }, [charts, name, context]);
  /** The chart that a button is held with; it outlives a change of tool. */
  const held = useRef<ToolChart | null>(null);
  const [cursor, setCursor] = useState(resting.state.cursor);

  useEffect(() => {
    if (!held.current) setCursor(resting.state.cursor);
  }, [resting]);

  // What was begun between presses ends with its tool; what a button is held with, when it lets go.
  useEffect(
    () => () => {
      const left = charts.get(chosen);
      if (left !== held.current) left?.cancel();
    },
    [charts, chosen],
  );
  useEffect(() => () => held.current?.cancel(), []);

  const pointerAt = (event: PointerEvent): ToolPointer => {
    const box = element.current?.getBoundingClientRect();
    const { view } = workspace.store.getState();
    const placeOf = ({ clientX, clientY }: PlaceOnPage) => ({
      x: clientX - (box?.left ?? 0),
      y: clientY - (box?.top ?? 0),
    });
    const { nativeEvent } = event;
    const passed = nativeEvent.getCoalescedEvents?.() ?? [];
    const trail = passed.length > 0 ? passed : [nativeEvent];
    const at = placeOf(event);
    return {
      window: at,
      document: toDocument(view, at),
      trail: trail.map((point) => ({
        ...toDocument(view, placeOf(point)),
        // A mouse knows only pressed, and calls it a half.
        pressure: point.pointerType === "mouse" ? 1 : point.pressure,
      })),
      altKey: event.altKey,
      shiftKey: event.shiftKey,
    };
  };

  const letGo = () => {
    held.current = null;
    setCursor(resting.state.cursor);
  };

  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsPerLine : 1;
      const box = target.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      // A pinch on a trackpad arrives as a wheel with Control held.
      if (event.ctrlKey || event.metaKey || event.altKey) {
        zoomBy(workspace, Math.exp(-event.deltaY * unit * zoomPerPixel), at);
        return;
      }
      const sideways = event.shiftKey && event.deltaX === 0;
      panBy(workspace, {
        x: -(sideways ? event.deltaY : event.deltaX) * unit,
        y: sideways ? 0 : -event.deltaY * unit,
      });
    };
    const onKey = (event: KeyboardEvent) => {
      if (isForAnother(event.target)) return;
      const chart = held.current ?? resting;
      if (event.key === "Enter") chart.confirm();
      if (event.key !== "Escape") return;
      chart.cancel();
      held.current = null;
    };
    // React listens to the wheel passively, which could not keep the page from zooming.
    target.addEventListener("wheel", onWheel, { passive: false });
    window.addEventListener("keydown", onKey);
    return () => {
      target.removeEventListener("wheel", onWheel);
      window.removeEventListener("keydown", onKey);
    };
  }, [element, workspace, resting]);

  return {
    cursor,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (
          held.current ||
          (event.button !== 0 && event.button !== middleButton)
        )
          return;
        event.preventDefault();
        // A name or number that is being typed elsewhere is done with.
        if (document.activeElement instanceof HTMLElement)
          document.activeElement.blur();
        element.current?.setPointerCapture(event.pointerId);
        const chart =
          event.button === middleButton
            ? new ToolChart(tools.hand(context))
            : resting;
        held.current = chart;
        chart.pointerDown(pointerAt(event));
        setCursor(chart.state.cursor);
      },
      onPointerMove: (event: PointerEvent) => {
        // Some tools follow the pointer between presses too.
        const chart = held.current ?? resting;
        chart.pointerMove(pointerAt(event));
        setCursor(chart.state.cursor);
      },
      onPointerUp: (event: PointerEvent) => {
        held.current?.pointerUp(pointerAt(event));
        letGo();
      },
      onPointerCancel: () => {
        held.current?.cancel();
        letGo();
      },
    },
  };
}
