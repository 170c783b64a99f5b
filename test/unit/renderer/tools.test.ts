import { beforeEach, describe, expect, test } from "vitest";
import type { Transform } from "../../../common/document/document.ts";
import type { Combination } from "../../../common/selection/combine.ts";
import { rectangleOutline } from "../../../common/selection/outlines.ts";
import { idle as brushIdle } from "../../../renderer/canvas/tools/brush/idle.ts";
import { idle as gradientIdle } from "../../../renderer/canvas/tools/gradient/idle.ts";
import { idle as handIdle } from "../../../renderer/canvas/tools/hand/idle.ts";
import { idle as lassoIdle } from "../../../renderer/canvas/tools/lasso/idle.ts";
import { idle as marqueeIdle } from "../../../renderer/canvas/tools/marquee/idle.ts";
import { idle as moveIdle } from "../../../renderer/canvas/tools/move/idle.ts";
import { idle as polygonIdle } from "../../../renderer/canvas/tools/polygon/idle.ts";
import {
  ToolChart,
  type ToolContext,
  type ToolPointer,
} from "../../../renderer/canvas/tools/tool.ts";
import { idle as wandIdle } from "../../../renderer/canvas/tools/wand/idle.ts";
import { idle as zoomIdle } from "../../../renderer/canvas/tools/zoom/idle.ts";
import { picture } from "./documents.ts";

/** What the tool did to the page, in words. */
let did: string[] = [];
let movable = true;
let paintable = true;
let combination: Combination = "replace";

const spot = ({ x, y }: { x: number; y: number }) => `${x},${y}`;
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
  beginStroke: (how) => {
    if (!paintable) return null;
    did.push(how);
    return {
      add: (points) => did.push(`paint ${points.map(spot).join(" ")}`),
      commit: () => did.push("commit stroke"),
      cancel: () => did.push("cancel stroke"),
    };
  },
  drawOutline: (outline) =>
    did.push(outline ? `draw ${outline.points.map(spot).join(" ")}` : "erase"),
  combination: () => combination,
  chooseWithin: (outline, how) =>
    did.push(`${how} ${outline.map(spot).join(" ")}`),
  chooseNothing: () => did.push("nothing"),
  chooseLike: (point, how) => did.push(`${how} like ${spot(point)}`),
  beginFade: (from) => {
    if (!paintable) return null;
    did.push(`fade from ${spot(from)}`);
    return {
      end: (at) => did.push(`to ${spot(at)}`),
      commit: () => did.push("commit fade"),
      cancel: () => did.push("cancel fade"),
    };
  },
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
    trail: [{ x: 2 * x, y: 2 * y, pressure: 1 }],
    altKey: false,
    shiftKey: false,
    ...keys,
  };
}

beforeEach(() => {
  did = [];
  movable = true;
  paintable = true;
  combination = "replace";
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

describe("brush", () => {
  test("paints every point of the pen and commits once, where it is lifted", () => {
    const chart = new ToolChart(brushIdle(context, "show"));
    chart.pointerMove(pointer(1, 1));
    chart.pointerDown(pointer(5, 5));
    const trail = [6, 7, 8].map((x) => ({ x, y: 9, pressure: 0.5 }));
    chart.pointerMove(pointer(4, 4, { trail }));
    chart.pointerUp(pointer(4, 4));
    chart.pointerMove(pointer(9, 9));
    expect(did).toEqual([
      "show",
      "paint 10,10",
      "paint 6,9 7,9 8,9",
      "commit stroke",
    ]);
    expect(chart.state.name).toBe("brush.idle");
  });

  test("Escape takes the stroke back, and lifting the pen then does nothing", () => {
    const chart = new ToolChart(brushIdle(context, "hide"));
    chart.pointerDown(pointer(5, 5));
    chart.cancel();
    chart.pointerUp(pointer(5, 5));
    expect(did).toEqual(["hide", "paint 10,10", "cancel stroke"]);
  });

  test("Alt turns brush into eraser and back", () => {
    for (const how of ["show", "hide"] as const) {
      const chart = new ToolChart(brushIdle(context, how));
      chart.pointerDown(pointer(0, 0, { altKey: true }));
    }
    expect(did.filter((word) => !word.startsWith("paint"))).toEqual([
      "hide",
      "show",
    ]);
  });

  test("stays lifted where there is nothing to paint on", () => {
    paintable = false;
    const chart = new ToolChart(brushIdle(context, "show"));
    chart.pointerDown(pointer(5, 5));
    chart.pointerMove(pointer(6, 6));
    expect(did).toEqual([]);
  });
});

describe("marquee", () => {
  const marquee = () => new ToolChart(marqueeIdle(context, rectangleOutline));

  test("a drag draws the shape and chooses what is in it", () => {
    const chart = marquee();
    chart.pointerDown(pointer(1, 1));
    chart.pointerMove(pointer(10, 6));
    chart.pointerMove(pointer(11, 6));
    chart.pointerUp(pointer(12, 6));
    expect(did).toEqual([
      "draw 2,2 22,2 22,12 2,12",
      "replace 2,2 24,2 24,12 2,12",
    ]);
  });

  test("a click chooses nothing, but not with a key that keeps what there is", () => {
    const chart = marquee();
    chart.pointerDown(pointer(1, 1));
    chart.pointerUp(pointer(1, 1));
    chart.pointerDown(pointer(1, 1, { shiftKey: true }));
    chart.pointerUp(pointer(1, 1, { shiftKey: true }));
    expect(did).toEqual(["nothing"]);
  });

  test.each([
    [{ shiftKey: true }, "add"],
    [{ altKey: true }, "subtract"],
    [{ shiftKey: true, altKey: true }, "intersect"],
    [{}, "subtract"],
  ])("the keys of the press say what it does: %o, %s", (keys, how) => {
    combination = "subtract";
    const chart = marquee();
    chart.pointerDown(pointer(0, 0, keys));
    chart.pointerMove(pointer(9, 9));
    chart.pointerUp(pointer(9, 9));
    expect(did.at(-1)).toBe(`${how} 0,0 18,0 18,18 0,18`);
  });

  test("Shift on the way makes it as wide as high, in the direction of the drag", () => {
    const chart = marquee();
    chart.pointerDown(pointer(20, 20));
    chart.pointerMove(pointer(10, 20));
    chart.pointerUp(pointer(10, 25, { shiftKey: true }));
    expect(did.at(-1)).toBe("replace 40,40 20,40 20,60 40,60");
  });

  test("Escape leaves what was chosen", () => {
    const chart = marquee();
    chart.pointerDown(pointer(1, 1));
    chart.pointerMove(pointer(10, 6));
    chart.cancel();
    chart.pointerUp(pointer(10, 6));
    expect(did).toEqual(["erase"]);
  });
});

describe("lasso", () => {
  test("goes through every point and joins its ends", () => {
    const chart = new ToolChart(lassoIdle(context));
    chart.pointerDown(pointer(0, 0));
    chart.pointerMove(pointer(10, 0));
    chart.pointerMove(pointer(10, 10));
    chart.pointerUp(pointer(10, 10));
    expect(did).toEqual([
      "draw 0,0 20,0",
      "draw 0,0 20,0 20,20",
      "replace 0,0 20,0 20,20",
    ]);
  });
});

describe("polygon", () => {
  const click = (chart: ToolChart, x: number, y: number) => {
    chart.pointerMove(pointer(x, y));
    chart.pointerDown(pointer(x, y));
    chart.pointerUp(pointer(x, y));
  };

  test.each([
    ["a click on the first corner", (chart: ToolChart) => click(chart, 2, 1)],
    ["a second one on the last", (chart: ToolChart) => click(chart, 31, 29)],
    ["Enter", (chart: ToolChart) => chart.confirm()],
  ])("%s closes it", (_name, close) => {
    const chart = new ToolChart(polygonIdle(context));
    click(chart, 0, 0);
    click(chart, 30, 0);
    click(chart, 30, 30);
    chart.pointerMove(pointer(15, 30));
    expect(did.at(-1)).toBe("draw 0,0 60,0 60,60 30,60");
    close(chart);
    expect(did.at(-1)).toBe("replace 0,0 60,0 60,60");
    expect(chart.state.name).toBe("polygon.idle");
  });

  test("two corners are no polygon", () => {
    const chart = new ToolChart(polygonIdle(context));
    click(chart, 0, 0);
    click(chart, 30, 0);
    chart.confirm();
    expect(did.at(-1)).toBe("erase");
  });

  test("Escape lets go of it between two clicks", () => {
    const chart = new ToolChart(polygonIdle(context));
    click(chart, 0, 0);
    chart.cancel();
    expect(did).toEqual(["erase"]);
    expect(chart.state.name).toBe("polygon.idle");
  });
});

test("a touch of the wand chooses what is like the point", () => {
  const chart = new ToolChart(wandIdle(context));
  chart.pointerDown(pointer(4, 5));
  chart.pointerDown(pointer(6, 7, { shiftKey: true }));
  expect(did).toEqual(["replace like 8,10", "add like 12,14"]);
});

describe("gradient", () => {
  const drag = (chart: ToolChart) => {
    chart.pointerDown(pointer(0, 0));
    chart.pointerMove(pointer(10, 0));
    chart.pointerMove(pointer(12, 3));
  };

  test("the mask follows the line, and letting go makes one step of it", () => {
    const chart = new ToolChart(gradientIdle(context));
    drag(chart);
    chart.pointerUp(pointer(20, 5));
    expect(did).toEqual([
      "fade from 0,0",
      "draw 0,0 24,6",
      "to 24,6",
      "draw 0,0 40,10",
      "to 40,10",
      "commit fade",
      "erase",
    ]);
  });

  test("with Shift along the nearest of eight directions", () => {
    const chart = new ToolChart(gradientIdle(context));
    drag(chart);
    chart.pointerUp(pointer(20, 3, { shiftKey: true }));
    expect(did.at(-3)).toBe("to 40,0");
  });

  test("Escape takes it back, a click fades nothing", () => {
    const chart = new ToolChart(gradientIdle(context));
    drag(chart);
    chart.cancel();
    expect(did.slice(-2)).toEqual(["cancel fade", "erase"]);
    did = [];
    chart.pointerDown(pointer(0, 0));
    chart.pointerUp(pointer(1, 0));
    expect(did).toEqual([]);
  });

  test("rests where there is no mask to fade", () => {
    paintable = false;
    const chart = new ToolChart(gradientIdle(context));
    drag(chart);
    expect(did).toEqual([]);
    expect(chart.state.name).toBe("gradient.idle");
  });
});
