import { describe, expect, test } from "vitest";
import { applyOperation } from "../../../common/document/operations.ts";
import {
  type DropSide,
  dropPlace,
  dropSide,
  rowsOf,
} from "../../../renderer/panels/layers/rows.ts";
import { documentOf, group, picture } from "./documents.ts";

const document = documentOf(
  picture("bottom"),
  group("group", [picture("inner low"), picture("inner high")]),
  picture("top"),
);
const rows = rowsOf(document);
const row = (id: string) => rows.find((each) => each.layer.id === id)!;

/** The list as it reads after a drop. */
function listAfter(dragged: string, onto: string, side: DropSide): string[] {
  const to = dropPlace(row(dragged), row(onto), side);
  if (to === null) return [];
  const moved = applyOperation(document, {
    kind: "moveLayer",
    layerId: dragged,
    to,
  }).document;
  return rowsOf(moved).map(({ layer, depth }) => "· ".repeat(depth) + layer.id);
}

test("layers are listed from the top, a group before what is in it", () => {
  expect(rows.map(({ layer, depth }) => [layer.id, depth])).toEqual([
    ["top", 0],
    ["group", 0],
    ["inner high", 1],
    ["inner low", 1],
    ["bottom", 0],
  ]);
});

describe("a drop", () => {
  test("above and below a row puts the layer there", () => {
    expect(listAfter("bottom", "top", "above")[0]).toBe("bottom");
    expect(listAfter("top", "bottom", "below").at(-1)).toBe("top");
    expect(listAfter("top", "bottom", "above").at(-2)).toBe("top");
    expect(listAfter("top", "inner low", "below")).toEqual([
      "group",
      "· inner high",
      "· inner low",
      "· top",
      "bottom",
    ]);
  });

  test("onto a group puts it on top of what is in it", () => {
    expect(listAfter("bottom", "group", "into")).toEqual([
      "top",
      "group",
      "· bottom",
      "· inner high",
      "· inner low",
    ]);
  });

  test("never puts a group into itself", () => {
    expect(dropPlace(row("group"), row("group"), "into")).toBeNull();
    expect(dropPlace(row("group"), row("inner low"), "above")).toBeNull();
  });

  test("goes into a group only in the middle of its row", () => {
    expect(dropSide(row("group"), 0.1)).toBe("above");
    expect(dropSide(row("group"), 0.5)).toBe("into");
    expect(dropSide(row("group"), 0.9)).toBe("below");
    expect(dropSide(row("top"), 0.4)).toBe("above");
  });
});
