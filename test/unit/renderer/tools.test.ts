import { beforeEach, describe, expect, test } from "vitest";
import {
  type Affine,
  about,
  mapped,
  translation,
  turning,
} from "../../../common/document/affine.ts";
import { identityTransform } from "../../../common/document/document.ts";
import type { Region } from "../../../common/document/region.ts";
import type { Combination } from "../../../common/selection/combine.ts";
import { rectangleOutline } from "../../../common/selection/outlines.ts";
import { idle as brushIdle } from "../../../renderer/canvas/tools/brush/idle.ts";
import { idle as cropIdle } from "../../../renderer/canvas/tools/crop/idle.ts";
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
import type { Box } from "../../../renderer/canvas/transform-box.ts";

/** What the tool did to the page, in words. */
let did: string[] = [];
let movable = true;
let paintable = true;
let combination: Combination = "replace";
let crop: Region | null = null;

const spot = ({ x, y }: { x: number; y: number }) => `${x},${y}`;
/** A move as how far it goes, any other map as what it makes of (0, 0) and of (1, 1). */
const said = (map: Affine) => {
  const moves = map.a === 1 && map.b === 0 && map.c === 0 && map.d === 1;
  const rounded = ({ x, y }: { x: number; y: number }) =>
    spot({ x: Math.round(10 * x) / 10 + 0, y: Math.round(10 * y) / 10 + 0 });
  return moves
    ? `by ${spot({ x: map.e, y: map.f })}`
    : `${rounded(mapped(map, { x: 0, y: 0 }))} ${rounded(mapped(map, { x: 100, y: 50 }))}`;
};

/** A picture of 100 by 50 whose corner is at (200, 100) of a document of 400 by 300. */
const box: Box = {
  frame: translation(200, 100),
  size: { width: 100, height: 50 },
  like: identityTransform,
};

const context: ToolContext = {
  panBy: (by) => did.push(`pan ${by.x},${by.y}`),
  zoomBy: (factor) => did.push(`zoom by ${factor}`),
  zoomStep: (direction) => did.push(`zoom ${direction}`),
  view: () => ({ zoom: 0.5, x: 0, y: 0 }),
  transformBox: () => (movable ? box : null),
  snapTargets: () => ({ x: [0, 200, 400], y: [0, 150, 300], reach: 4 }),
  previewTransform: (map, lines) =>
    did.push(
      ["preview", said(map), ...lines.map(({ axis, at }) => axis + at)].join(
        " ",
      ),
    ),
  endTransform: () => did.push("end preview"),
  commitTransform: (verb, map) => did.push(`${verb} ${said(map)}`),
  acceptTransforms: () => did.push("accept"),
  revertTransforms: () => did.push("revert"),
  cropFrame: () => crop ?? { x: 0, y: 0, width: 400, height: 300 },
  isCropping: () => crop !== null,
  frameRules: () => ({
    ratio: null,
    targets: { x: [0, 200, 400], y: [0, 150, 300], reach: 4 },
  }),
  showFrame: (frame) => {
    crop = frame;
    did.push(
      frame
        ? `frame ${frame.x},${frame.y} ${frame.width}×${frame.height}`
        : "no frame",
    );
  },
  applyCrop: () => did.push("crop"),
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
  crop = null;
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
    chart.pointerDown(pointer(120, 60));
    chart.pointerMove(pointer(130, 60));
    chart.pointerMove(pointer(135, 65));
    chart.pointerMove(pointer(140, 70));
    chart.pointerUp(pointer(140, 70));
    expect(did).toEqual([
      "preview by 30,10",
      "preview by 40,20",
      "Move by 40,20",
    ]);
  });

  test("a press that hardly moves is no drag", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(120, 60));
    chart.pointerMove(pointer(121, 61));
    chart.pointerUp(pointer(121, 61));
    expect(did).toEqual([]);
    expect(chart.state.name).toBe("move.idle");
  });

  test("Escape takes the layer back", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(120, 60));
    chart.pointerMove(pointer(130, 60));
    chart.pointerMove(pointer(140, 60));
    chart.cancel();
    chart.pointerUp(pointer(140, 60));
    expect(did).toEqual(["preview by 40,0", "end preview"]);
  });

  test("Shift keeps it to the axis that it went along", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(120, 60));
    chart.pointerMove(pointer(130, 60));
    chart.pointerUp(pointer(123, 80, { shiftKey: true }));
    expect(did).toEqual(["Move by 0,40"]);
  });

  test("edges and middle are drawn to the canvas's, and the lines shown", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(120, 60));
    chart.pointerMove(pointer(130, 60));
    // 48 to the left and 24 down, where 50 and 25 bring its middle to the canvas's.
    chart.pointerMove(pointer(96, 72));
    expect(did).toEqual(["preview by -50,25 x200 y150"]);
  });

  test("takes hold of nothing where no layer can be moved", () => {
    movable = false;
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(120, 60));
    chart.pointerMove(pointer(150, 50));
    chart.pointerUp(pointer(150, 50));
    expect(did).toEqual([]);
  });

  test("Enter keeps what was done, Escape takes it back", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.confirm();
    chart.cancel();
    expect(did).toEqual(["accept", "revert"]);
  });
});

describe("handles", () => {
  /** Takes hold at a point of the window, a little off it, and lets go at another. */
  const drag = (
    [x, y]: [number, number],
    [toX, toY]: [number, number],
    keys: Partial<ToolPointer> = {},
  ) => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(x, y, keys));
    chart.pointerMove(pointer(x + 5, y + 5, keys));
    chart.pointerUp(pointer(toX, toY, keys));
    return did;
  };
  const corner: [number, number] = [150, 75];

  test("a corner keeps the aspect and the corner across from it", () => {
    // Twice as far from (200, 100) along the diagonal.
    expect(drag(corner, [200, 100])).toEqual(["Scale -200,-100 0,0"]);
  });

  test("with Shift each side has its own way", () => {
    const [step] = drag(corner, [200, 75], { shiftKey: true });
    expect(step).toBe("Scale -200,0 0,50");
  });

  test("with Alt the middle stays", () => {
    // The middle is (250, 125); the corner goes from 50 to 100 beside it.
    const [step] = drag(corner, [175, 87.5], { altKey: true });
    expect(step).toBe("Scale -250,-125 -50,-25");
  });

  test("a corner past the one across mirrors", () => {
    const [step] = drag(corner, [50, 25]);
    expect(step).toBe("Scale 400,200 300,150");
  });

  test("taken hold of beside its middle, a corner does not jump", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerDown(pointer(153, 78));
    chart.pointerMove(pointer(158, 78));
    chart.pointerMove(pointer(153, 78));
    expect(did).toEqual(["preview by 0,0"]);
  });

  test("the knob turns, with Shift by 15°", () => {
    const knob: [number, number] = [125, 50 - 26];
    // From straight up to straight right.
    expect(drag(knob, [200, 62.5])).toEqual(["Rotate 375,-125 325,-25"]);
    did = [];
    const [step] = drag(knob, [140, 24], { shiftKey: true });
    // About 21.3°, so 15: what (0, 0) becomes about (250, 125).
    const turned = mapped(about({ x: 250, y: 125 }, turning(15)), {
      x: 0,
      y: 0,
    });
    expect(step).toContain(
      `${Math.round(10 * turned.x) / 10},${Math.round(10 * turned.y) / 10}`,
    );
  });

  test("just outside a corner it turns, inside it moves", () => {
    const chart = new ToolChart(moveIdle(context));
    chart.pointerMove(pointer(165, 90));
    expect(chart.state.cursor).toBe("grab");
    chart.pointerMove(pointer(150, 75));
    expect(chart.state.cursor).toBe("nwse-resize");
    chart.pointerMove(pointer(125, 60));
    expect(chart.state.cursor).toBe("move");
  });
});

describe("crop", () => {
  const chart = () => new ToolChart(cropIdle(context));
  const drag = (
    from: [number, number],
    to: [number, number],
    keys: Partial<ToolPointer> = {},
  ) => {
    const tool = chart();
    tool.pointerDown(pointer(...from, keys));
    tool.pointerMove(pointer(from[0] + 5, from[1] + 5, keys));
    tool.pointerUp(pointer(...to, keys));
    return did.at(-1);
  };

  test("a drag draws a frame, with Shift a square", () => {
    expect(drag([30, 30], [80, 60])).toBe("frame 60,60 100×60");
    crop = null;
    expect(drag([30, 30], [80, 60], { shiftKey: true })).toBe(
      "frame 60,60 100×100",
    );
  });

  test("a corner of the whole document makes it smaller, and keeps to its edge", () => {
    expect(drag([200, 150], [150, 149])).toBe("frame 0,0 300×300");
  });

  test("a frame is moved from within, drawn anew from outside", () => {
    crop = { x: 60, y: 60, width: 100, height: 60 };
    expect(drag([50, 45], [60, 55])).toBe("frame 80,80 100×60");
    expect(drag([150, 120], [160, 130])).toBe("frame 300,240 20×20");
  });

  test("Escape during a drag brings the frame of before back, then takes it away", () => {
    crop = { x: 60, y: 60, width: 100, height: 60 };
    const tool = chart();
    tool.pointerDown(pointer(50, 45));
    tool.pointerMove(pointer(60, 55));
    tool.pointerMove(pointer(70, 65));
    tool.cancel();
    expect(crop).toEqual({ x: 60, y: 60, width: 100, height: 60 });
    tool.confirm();
    tool.cancel();
    expect(did.slice(-2)).toEqual(["crop", "no frame"]);
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
