import { describe, expect, test } from "vitest";
import { dropSpot, spotWords } from "../../../renderer/state/drop-spot.ts";
import { initialState } from "../../../renderer/state/page-state.ts";
import { asGroup, placing } from "../../../renderer/state/placing.ts";
import { openedProject } from "../../../renderer/state/reconcile.ts";
import { documentOf, group, hash, picture } from "./documents.ts";

const page = { width: 400, height: 300 };

describe("where something that is dropped lands", () => {
  const project = openedProject({
    id: "p",
    name: "p",
    revision: 1,
    document: documentOf(picture("photo")),
    history: { entries: [], position: 0 },
  });
  const onCanvas = { ...initialState, room: "canvas", project } as const;
  const nowhere = { point: null, layerId: null };

  test("under the pointer on the canvas, above a layer in the panel, in the middle elsewhere", () => {
    expect(dropSpot(onCanvas, { ...nowhere, point: { x: 9, y: 8 } })).toEqual({
      kind: "point",
      at: { x: 9, y: 8 },
    });
    // Beside the picture its nearest edge is meant.
    expect(
      dropSpot(onCanvas, { ...nowhere, point: { x: -50, y: 999 } }),
    ).toEqual({ kind: "point", at: { x: 0, y: 300 } });
    expect(dropSpot(onCanvas, { ...nowhere, layerId: "photo" })).toEqual({
      kind: "above",
      layerId: "photo",
    });
    expect(dropSpot(onCanvas, nowhere)).toEqual({ kind: "layer" });
  });

  test("a new project where none is in view, the drawings in the train room", () => {
    const kindIn = (room: "projects" | "canvas" | "train", open: boolean) =>
      dropSpot(
        { ...onCanvas, room, project: open ? project : null },
        { ...nowhere, point: { x: 1, y: 1 } },
      ).kind;
    expect(kindIn("projects", true)).toBe("project");
    expect(kindIn("canvas", false)).toBe("project");
    expect(kindIn("train", true)).toBe("drawings");
  });

  test("the artist is told by the layer's name", () => {
    const spot = { kind: "above", layerId: "x" } as const;
    expect(spotWords(spot, () => "Woodblock")).toBe("Add above Woodblock");
  });
});

describe("placing", () => {
  test("its middle goes to the point, in whole pixels", () => {
    expect(placing(page, { width: 101, height: 50 }, { x: 60, y: 40 })).toEqual(
      { scale: 1, x: 10, y: 15 },
    );
  });

  test("without a point, and where it fills the document one way, the middle is meant", () => {
    const size = { width: 100, height: 50 };
    expect(placing(page, size)).toEqual({ scale: 1, x: 150, y: 125 });
    const wide = { width: 800, height: 100 };
    expect(placing(page, wide, { x: 1, y: 1 })).toEqual({
      scale: 0.5,
      x: 0,
      y: 125,
    });
  });

  test("layers of another document become a group that is moved as one, masks and groups within it too", () => {
    const mask = { asset: hash("c"), x: 3, y: 4, outside: 0, enabled: true };
    const inner = {
      width: 100,
      height: 100,
      layers: [
        group("g", [
          picture("p", {
            transform: { x: 5, y: 6, scaleX: 2, scaleY: 2, rotation: 30 },
            mask,
          }),
        ]),
      ],
    };
    const made = asGroup("page", inner, page, { x: 100, y: 90 });
    expect(made).toMatchObject({
      kind: "group",
      name: "page",
      blendMode: "normal",
      layers: [
        {
          layers: [
            {
              transform: { x: 55, y: 46, scaleX: 2, rotation: 30 },
              mask: { x: 53, y: 44 },
            },
          ],
        },
      ],
    });
    // One that is larger keeps its size, with its middle in the document's.
    const large = asGroup(
      "page",
      { ...inner, width: 800, height: 300 },
      page,
      null,
    );
    expect(large).toMatchObject({
      layers: [{ layers: [{ transform: { x: 5 - 200, y: 6, scaleX: 2 } }] }],
    });
  });
});
