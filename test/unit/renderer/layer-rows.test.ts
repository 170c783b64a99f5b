import { describe, expect, test } from "vitest";
import { moveTogether } from "../../../common/document/arrange.ts";
import { applyOperation } from "../../../common/document/operations.ts";
import {
  dropPlace,
  isInside,
} from "../../../renderer/panels/layers/drop-place.ts";
import { rowsOf } from "../../../renderer/state/layer-rows.ts";
import { documentOf, group, picture } from "./documents.ts";

const document = documentOf(
  picture("bottom"),
  group("group", [group("inner", [picture("deep")]), picture("inner high")]),
  picture("top"),
);
const open = rowsOf(document, new Set());

const listed = (rows: ReturnType<typeof rowsOf>) =>
  rows.map(({ layer, depth }) => "· ".repeat(depth) + layer.id);

/** The list as it reads after a drop on a row. */
function listAfter(
  dragged: string[],
  onto: string | null,
  share: number,
  { rows = open, level = 9 } = {},
): string[] {
  const at =
    onto === null
      ? rows.length
      : rows.findIndex(({ layer }) => layer.id === onto);
  const place = dropPlace(rows, at, share, level);
  if (!place || isInside(place, rows, new Set(dragged))) return [];
  const moved = moveTogether(document, dragged, place.gap).reduce(
    (current, operation) => applyOperation(current, operation).document,
    document,
  );
  return listed(rowsOf(moved, new Set()));
}

test("layers are listed from the top, a group before what is in it", () => {
  expect(listed(open)).toEqual([
    "top",
    "group",
    "· inner high",
    "· inner",
    "· · deep",
    "bottom",
  ]);
});

test("what is in a folded group is not listed", () => {
  expect(listed(rowsOf(document, new Set(["inner", "top"])))).toEqual([
    "top",
    "group",
    "· inner high",
    "· inner",
    "bottom",
  ]);
  const folded = rowsOf(document, new Set(["group"]));
  expect(listed(folded)).toEqual(["top", "group", "bottom"]);
  expect(folded.map((row) => row.folded)).toEqual([false, true, false]);
});

describe("a drop", () => {
  test("above and below a row puts the layer there", () => {
    expect(listAfter(["bottom"], "top", 0.2)[0]).toBe("bottom");
    expect(listAfter(["top"], "bottom", 0.8).at(-1)).toBe("top");
    expect(listAfter(["top"], "bottom", 0.2).at(-2)).toBe("top");
    expect(listAfter(["top"], "inner high", 0.8)).toEqual([
      "group",
      "· inner high",
      "· top",
      "· inner",
      "· · deep",
      "bottom",
    ]);
  });

  test("in the middle of a group puts it on top of what is in it", () => {
    expect(listAfter(["bottom"], "group", 0.5)).toEqual([
      "top",
      "group",
      "· bottom",
      "· inner high",
      "· inner",
      "· · deep",
    ]);
  });

  test("below an open group goes into it, below a folded one does not", () => {
    expect(listAfter(["bottom"], "group", 0.9)[2]).toBe("· bottom");
    const rows = rowsOf(document, new Set(["group"]));
    expect(listAfter(["top"], "group", 0.9, { rows })).toEqual([
      "group",
      "· inner high",
      "· inner",
      "· · deep",
      "top",
      "bottom",
    ]);
  });

  test("below the lowest of a group leaves as many groups as the pointer is out", () => {
    const below = (level: number) =>
      listAfter(["top"], "deep", 0.9, { level }).slice(3);
    expect(below(2)).toEqual(["· · deep", "· · top", "bottom"]);
    expect(below(1)).toEqual(["· · deep", "· top", "bottom"]);
    expect(below(0)).toEqual(["· · deep", "top", "bottom"]);
    expect(below(-3)).toEqual(["· · deep", "top", "bottom"]);
  });

  test("below the list goes to the bottom, out of every group", () => {
    expect(listAfter(["deep"], null, 0.5).at(-1)).toBe("deep");
    expect(dropPlace(open, 99, 0, 0)).toMatchObject({ at: 5, side: "below" });
    expect(dropPlace([], 0, 0, 0)).toBeNull();
  });

  test("takes several layers, in their order", () => {
    expect(listAfter(["top", "deep"], "bottom", 0.8)).toEqual([
      "group",
      "· inner high",
      "· inner",
      "bottom",
      "top",
      "deep",
    ]);
  });

  test("never puts a group into itself", () => {
    expect(listAfter(["group"], "group", 0.5)).toEqual([]);
    expect(listAfter(["group"], "inner high", 0.2)).toEqual([]);
    expect(listAfter(["top", "group"], "inner", 0.5)).toEqual([]);
  });
});
