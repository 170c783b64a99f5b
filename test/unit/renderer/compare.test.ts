import { describe, expect, test } from "vitest";
import { clipsOf, lensRadius } from "../../../renderer/canvas/compare/clips.ts";
import {
  comparedDocument,
  sideName,
  styledLayersOf,
} from "../../../renderer/canvas/compositing/compared-document.ts";
import { compositingPlan } from "../../../renderer/canvas/compositing/plan.ts";
import type { Host } from "../../../renderer/host/host.ts";
import {
  chooseSide,
  compareBy,
  compareByNextWay,
  moveDivider,
  moveLens,
  swapSides,
  toggleCompare,
} from "../../../renderer/state/compare.ts";
import {
  type Compare,
  compareWays,
  initialCompare,
} from "../../../renderer/state/page-state.ts";
import { openedProject } from "../../../renderer/state/reconcile.ts";
import { createWorkspace } from "../../../renderer/state/workspace.ts";
import { documentOf, group, hash, picture, styled } from "./documents.ts";

const document = documentOf(
  picture("photo", { asset: hash("1") }),
  group("g", [
    styled("ink", {
      source: hash("2"),
      opacity: 0.5,
      visible: false,
      transform: { x: 4, y: 5, scaleX: 2, scaleY: 2, rotation: 0 },
    }),
  ]),
  styled("oil"),
);

describe("what a side shows", () => {
  test("a styled layer alone lies over its source, at its place, though it is hidden or in a group", () => {
    const side = { kind: "layer", layerId: "ink" } as const;
    const plan = compositingPlan(comparedDocument(document, side).layers);
    const transform = { x: 4, y: 5, scaleX: 2, scaleY: 2, rotation: 0 };
    expect(plan).toMatchObject([
      { kind: "picture", asset: hash("2"), transform },
      {
        kind: "styled",
        source: hash("2"),
        transform,
        meeting: { opacity: 0.5 },
      },
    ]);
  });

  test("a layer that is gone gives way to the result, and so does its name", () => {
    const side = { kind: "layer", layerId: "gone" } as const;
    expect(comparedDocument(document, side)).toBe(document);
    expect(sideName(document, side)).toBe("Result");
  });

  test("an earlier step shows its own document", () => {
    const before = documentOf(picture("photo"));
    const side = {
      kind: "earlier",
      step: 3,
      label: "Strength 40 %",
      document: before,
    } as const;
    expect(comparedDocument(document, side)).toBe(before);
    expect(sideName(document, side)).toBe("Strength 40 %");
  });

  test("styled layers are offered from the top, those in groups too", () => {
    expect(styledLayersOf(document).map(({ id }) => id)).toEqual([
      "oil",
      "ink",
    ]);
  });
});

describe("which part each side covers", () => {
  const size = { width: 400, height: 200 };
  /** How often each side covers a point of the page, by the even-odd count of its shapes. */
  const coverage = (compare: Compare, x: number, y: number) => {
    const clips = clipsOf(compare, size, 0.5)!;
    return [clips.first, clips.second].map((clip) => {
      let winding = 0;
      clip({
        rect(left, top, width, height) {
          if (x >= left && x < left + width && y >= top && y < top + height)
            winding += 1;
        },
        arc(cx, cy, radius, _from, _to, counterclockwise = false) {
          if (Math.hypot(x - cx, y - cy) < radius)
            winding += counterclockwise ? -1 : 1;
        },
      });
      return winding;
    });
  };

  test("left and right, above and below, within the lens and around it", () => {
    const at = (change: Partial<Compare>) => ({
      ...initialCompare,
      position: 0.25,
      ...change,
    });
    expect(coverage(at({ way: "columns" }), 90, 150)).toEqual([1, 0]);
    expect(coverage(at({ way: "columns" }), 110, 10)).toEqual([0, 1]);
    expect(coverage(at({ way: "rows" }), 300, 40)).toEqual([1, 0]);
    expect(coverage(at({ way: "rows" }), 10, 60)).toEqual([0, 1]);
    const lens = at({ way: "lens", lens: { x: 20, y: 20 } });
    expect(coverage(lens, 30, 30)).toEqual([1, 0]);
    // At half size the lens takes in twice its radius of the document.
    expect(coverage(lens, 20 + 2 * lensRadius - 1, 20)).toEqual([1, 0]);
    expect(coverage(lens, 20 + 2 * lensRadius + 1, 20)).toEqual([0, 1]);
    expect(clipsOf(at({ way: "beside" }), size, 1)).toBeNull();
  });
});

describe("comparing", () => {
  const open = () => {
    const calls: string[] = [];
    const host = {
      connection: "open",
      call: (name: string) => {
        calls.push(name);
        return Promise.reject(new Error(name));
      },
    } as unknown as Host;
    const workspace = createWorkspace(host, "dark");
    const project = openedProject({
      id: "p",
      name: "p",
      revision: 1,
      document,
      history: { entries: [], position: 0 },
    });
    workspace.store.setState({ project, room: "canvas" });
    return { workspace, calls, project };
  };

  test("goes through all ways and never touches document, history or studio", () => {
    const { workspace, calls, project } = open();
    const seen: string[] = [];
    const note = () => {
      const { on, way } = workspace.store.getState().compare;
      if (on) seen.push(way);
    };
    for (let press = 0; press < compareWays.length; press++) {
      compareByNextWay(workspace);
      note();
    }
    expect(seen).toEqual(["columns", "rows", "beside", "lens"]);
    compareBy(workspace, "lens");
    expect(workspace.store.getState().compare.on).toBe(false);
    toggleCompare(workspace);
    note();
    expect(seen.at(-1)).toBe("lens");
    chooseSide(workspace, 1, { kind: "layer", layerId: "oil" });
    swapSides(workspace);
    moveDivider(workspace, 0.3);
    expect(workspace.store.getState().compare.sides).toEqual([
      { kind: "layer", layerId: "oil" },
      { kind: "original" },
    ]);
    expect(workspace.store.getState().project).toBe(project);
    expect(calls).toEqual([]);
  });

  test("divider and lens stay on the picture", () => {
    const { workspace } = open();
    moveDivider(workspace, 1.4);
    moveLens(workspace, { x: -20, y: 900 });
    const { position, lens } = workspace.store.getState().compare;
    expect(position).toBe(1);
    expect(lens).toEqual({ x: 0, y: 300 });
  });
});
