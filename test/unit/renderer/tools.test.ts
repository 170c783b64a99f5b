import { beforeEach, describe, expect, test } from "vitest";
import type { Transform } from "../../../common/document/document.ts";
import { idle as handIdle } from "../../../renderer/canvas/tools/hand/idle.ts";
import { idle as moveIdle } from "../../../renderer/canvas/tools/move/idle.ts";
import {
  ToolChart,
  type ToolContext,
  type ToolPointer,
} from "../../../renderer/canvas/tools/tool.ts";
import { idle as zoomIdle } from "../../../renderer/canvas/tools/zoom/idle.ts";
import { picture } from "./documents.ts";

/** What the tool did to the page, in words. */
let did: string[] = [];
let movable = true;

const at = (transform: Transform) => `${transform.x},${transform.y}`;

const context: ToolContext = {
  panBy: (by) => did.push(`pan ${by.x},${by.y}`),
  zoomBy: (factor) => did.push(`zoom by ${factor}`),
  zoomStep: (direction) => did.push(`zoom ${direction}`),
  movableLayer: () => (movable ? picture("layer") : undefined),
  previewTransform: (id, transform) =>
    did.push(`preview ${id} ${at(transform)}`),
  endPreview: () => did.push("end preview"),
  commitTransform: (layer, transform) =>
    did.push(`commit ${layer.id} ${at(transform)}`),
};

/** A pointer over a document that is shown at half size. */
function pointer(
  x: number,
  y: number,
  keys: Partial<ToolPointer> = {},
): ToolPointer {
  return {
    window: { x, y },
    document: { x: 2 * x, y: 2 * y },
    altKey: false,
    shiftKey: false,
    ...keys,
  };
}

beforeEach(() => {
  did = [];
  movable = true;
});

describe("hand", () => {
  test("pans by what the pointer moves, and rests when it lets go", () => {
    const chart = new ToolChart(handIdle(context));
    chart.pointerMove(pointer(5, 5));
    chart.pointerDown(pointer(10, 10));
    expect(chart.state.cursor).toBe("grabbing");
    chart.pointerMove(pointer(13, 6));
    chart.pointerMove(pointer(14, 6));
    chart.pointerUp(pointer(14, 6));
    chart.pointerMove(pointer(90, 90));
    expect(did).toEqual(["pan 3,-4", "pan 1,0"]);
    expect(chart.state.name).toBe("hand.idle");
  });
});

describe("move", () => {
  test("a drag previews on its way and commits once at its end", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(10, 10));
    chart.pointerMove(pointer(20, 10));
    chart.pointerMove(pointer(25, 15));
    chart.pointerMove(pointer(30, 20));
    chart.pointerUp(pointer(30, 20));
    expect(did).toEqual([
      "preview layer 30,10",
      "preview layer 40,20",
      "commit layer 40,20",
    ]);
  });

  test("a press that hardly moves is no drag", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(10, 10));
    chart.pointerMove(pointer(11, 11));
    chart.pointerUp(pointer(11, 11));
    expect(did).toEqual([]);
    expect(chart.state.name).toBe("move.idle");
  });

  test("Escape takes the layer back", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(0, 0));
    chart.pointerMove(pointer(10, 0));
    chart.pointerMove(pointer(20, 0));
    chart.cancel();
    chart.pointerUp(pointer(20, 0));
    expect(did).toEqual(["preview layer 40,0", "end preview"]);
  });

  test("Shift keeps it to the axis that it went along", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(0, 0));
    chart.pointerMove(pointer(10, 0));
    chart.pointerUp(pointer(3, 20, { shiftKey: true }));
    expect(did).toEqual(["commit layer 0,40"]);
  });

  test("takes hold of nothing where no layer can be moved", () => {
    movable = false;
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(0, 0));
    chart.pointerMove(pointer(50, 50));
    chart.pointerUp(pointer(50, 50));
    expect(did).toEqual([]);
  });
});

describe("zoom", () => {
  test("a click goes a stop in, with Alt a stop out", () => {
    const chart = new ToolChart(zoomIdle(context));
    chart.pointerDown(pointer(10, 10));
    chart.pointerUp(pointer(10, 10));
    chart.pointerDown(pointer(10, 10, { altKey: true }));
    chart.pointerUp(pointer(10, 10, { altKey: true }));
    expect(did).toEqual(["zoom in", "zoom out"]);
  });

  test("a drag to the right and back leaves the zoom as it was", () => {
    const chart = new ToolChart(zoomIdle(context));
    chart.pointerDown(pointer(0, 0));
    chart.pointerMove(pointer(5, 0));
    chart.pointerMove(pointer(120, 0));
    chart.pointerMove(pointer(0, 0));
    chart.pointerUp(pointer(0, 0));
    expect(did).toEqual(["zoom by 2", "zoom by 0.5"]);
  });
});
