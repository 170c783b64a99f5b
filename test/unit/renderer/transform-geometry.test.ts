import { describe, expect, test } from "vitest";
import { affineOf, mapped, scaling } from "../../../common/document/affine.ts";
import { identityTransform } from "../../../common/document/document.ts";
import { movedBox, scaledBox } from "../../../renderer/canvas/box-maps.ts";
import {
  frameOfRatio,
  frameOfSize,
  movedFrame,
  resizedFrame,
} from "../../../renderer/canvas/crop-frame.ts";
import {
  handleAt,
  handlesOf,
  knobOf,
} from "../../../renderer/canvas/handles.ts";
import {
  boundsOf,
  boxOf,
  mappedBox,
  pointOf,
  transformOfBox,
} from "../../../renderer/canvas/transform-box.ts";
import { group, hash, picture, styled } from "./documents.ts";

const sizes = new Map([
  [hash("a"), { width: 40, height: 20 }],
  [hash("b"), { width: 10, height: 10 }],
]);
const sizeOf = (asset: string) => sizes.get(asset);
const at = (x: number, y: number) => ({ ...identityTransform, x, y });
const turned = picture("turned", {
  transform: { ...at(100, 50), rotation: 30, scaleX: 2, scaleY: 2 },
});

describe("a box", () => {
  test("of one picture is turned as it is, and says its transform", () => {
    const box = boxOf([turned], sizeOf)!;
    expect(transformOfBox(box)).toEqual(turned.transform);
    expect(pointOf(box, -1, -1)).toEqual({ x: 100, y: 50 });
  });

  test("of a group with one picture is that picture's", () => {
    expect(boxOf([group("g", [turned])], sizeOf)).toEqual(
      boxOf([turned], sizeOf),
    );
  });

  test("of several is the upright rectangle around them, masks and unknown sizes aside", () => {
    const layers = [
      group("g", [
        picture("one", { transform: at(5, 7) }),
        styled("two", { source: hash("b"), transform: at(90, -3) }),
      ]),
      picture("unknown", { asset: hash("c"), transform: at(-500, 0) }),
    ];
    expect(boundsOf(boxOf(layers, sizeOf)!)).toEqual({
      x: 5,
      y: -3,
      width: 95,
      height: 30,
    });
    expect(boxOf([group("empty", [])], sizeOf)).toBeNull();
  });
});

describe("handles", () => {
  const view = { zoom: 2, x: 10, y: 20 };
  const box = boxOf([picture("p", { transform: at(100, 50) })], sizeOf)!;

  test("stand at the corners and sides in the window", () => {
    expect(handlesOf(box, view).map(({ at }) => `${at.x},${at.y}`)).toEqual([
      "210,120",
      "290,120",
      "290,160",
      "210,160",
      "250,120",
      "290,140",
      "250,160",
      "210,140",
    ]);
    // Where sides are short, corners alone.
    expect(handlesOf(box, { ...view, zoom: 0.5 })).toHaveLength(4);
  });

  test("the knob stands above, whichever side is uppermost", () => {
    expect(knobOf(box, view).at).toEqual({ x: 250, y: 94 });
    const upended = mappedBox(box, scaling(1, -1));
    const { at: knob, foot } = knobOf(upended, view);
    expect(knob.y).toBe(foot.y - 26);
  });

  test("a press means the nearest thing", () => {
    expect(handleAt(box, view, { x: 293, y: 122 })).toEqual({
      kind: "scale",
      x: 1,
      y: -1,
    });
    expect(handleAt(box, view, { x: 250, y: 96 })).toEqual({ kind: "turn" });
    expect(handleAt(box, view, { x: 308, y: 172 })).toEqual({ kind: "turn" });
    expect(handleAt(box, view, { x: 270, y: 140 })).toEqual({ kind: "move" });
    expect(handleAt(box, view, { x: 700, y: 500 })).toEqual({ kind: "move" });
  });
});

describe("maps of boxes", () => {
  const free = { keepAspect: false, fromCentre: false };

  test("a turned picture is stretched along its own sides", () => {
    const box = boxOf([turned], sizeOf)!;
    const side = pointOf(box, 1, 0);
    const [middle] = [pointOf(box, 0, 0)];
    const to = {
      x: side.x + (side.x - middle.x),
      y: side.y + (side.y - middle.y),
    };
    const map = scaledBox(box, { x: 1, y: 0 }, to, free);
    const { scaleX, scaleY, rotation } = transformOfBox(mappedBox(box, map));
    expect(scaleX).toBeCloseTo(3, 6);
    expect(scaleY).toBeCloseTo(2, 6);
    expect(rotation).toBeCloseTo(30, 6);
  });

  test("no side becomes nothing", () => {
    const box = boxOf([picture("p")], sizeOf)!;
    const map = scaledBox(box, { x: 1, y: 1 }, { x: 0, y: 0 }, free);
    const { width, height } = boundsOf(mappedBox(box, map));
    expect([width, height]).toEqual([1, 1]);
  });

  test("the nearest of edges and middle is drawn to a line, by whole pixels", () => {
    const box = boxOf([picture("p", { transform: at(103, 50) })], sizeOf)!;
    const targets = { x: [0, 101.5, 300], y: [], reach: 5 };
    // The middle, at 123, comes to 103.6: nearer to the line than the edges.
    const { map, lines } = movedBox(box, { x: -19.4, y: 3.6 }, targets);
    expect(mapped(map, { x: 0, y: 0 })).toEqual({ x: -21, y: 4 });
    expect(lines).toEqual([{ axis: "x", at: 101.5 }]);
    expect(movedBox(box, { x: -19.4, y: 3.6 }, null).lines).toEqual([]);
  });
});

describe("the frame of a crop", () => {
  const frame = { x: 40, y: 30, width: 100, height: 50 };
  const targets = { x: [0, 400], y: [0, 300], reach: 3 };
  const rules = { ratio: null, fromCentre: false, targets };

  test("goes with its corner, and over to the other side", () => {
    expect(
      resizedFrame(frame, { x: 1, y: 1 }, { x: 200.4, y: 99.6 }, rules),
    ).toEqual({ x: 40, y: 30, width: 160, height: 70 });
    expect(
      resizedFrame(frame, { x: 1, y: 1 }, { x: 20, y: 10 }, rules),
    ).toEqual({ x: 20, y: 10, width: 20, height: 20 });
  });

  test("keeps its ratio, about the point across or about its middle", () => {
    const wide = { ...rules, ratio: 2 };
    expect(
      resizedFrame(frame, { x: 1, y: 1 }, { x: 240, y: 40 }, wide),
    ).toEqual({ x: 40, y: 30, width: 200, height: 100 });
    expect(
      resizedFrame(
        frame,
        { x: -1, y: 0 },
        { x: 20, y: 0 },
        { ...wide, fromCentre: true },
      ),
    ).toEqual({ x: 20, y: 20, width: 140, height: 70 });
  });

  test("keeps to the edges of the document", () => {
    expect(
      resizedFrame(frame, { x: 1, y: 0 }, { x: 398, y: 0 }, rules),
    ).toMatchObject({ x: 40, width: 360 });
    expect(movedFrame(frame, { x: -38, y: 222 }, targets)).toMatchObject({
      x: 0,
      y: 250,
    });
  });

  test("takes a size or a ratio about its middle", () => {
    expect(frameOfSize(frame, 20, 10)).toEqual({
      x: 80,
      y: 50,
      width: 20,
      height: 10,
    });
    expect(frameOfRatio(frame, 1)).toEqual({
      x: 65,
      y: 30,
      width: 50,
      height: 50,
    });
  });
});

test("a box and its transform are of one mind after a shear", () => {
  const sheared = { ...at(3, 4), rotation: 20, shear: 0.5, scaleX: 2 };
  const box = boxOf([picture("p", { transform: sheared })], sizeOf)!;
  const corner = mapped(affineOf(transformOfBox(box)), { x: 40, y: 20 });
  const own = pointOf(box, 1, 1);
  expect(corner.x).toBeCloseTo(own.x, 8);
  expect(corner.y).toBeCloseTo(own.y, 8);
});
