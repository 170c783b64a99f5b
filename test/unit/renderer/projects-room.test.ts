import { describe, expect, test } from "vitest";
import { nextInGrid } from "../../../renderer/panels/projects/grid-keys.ts";
import { matchesSearch } from "../../../renderer/panels/projects/matches-search.ts";

describe("searching projects", () => {
  test("every word has to be there, in any order, whatever its case and accents", () => {
    expect(matchesSearch("Café at the Bridge", "bridge cafe")).toBe(true);
    expect(matchesSearch("Café at the Bridge", "bridge house")).toBe(false);
    expect(matchesSearch("湖の夕暮れ", "夕暮")).toBe(true);
    expect(matchesSearch("anything", "  ")).toBe(true);
  });
});

describe("keys in a grid", () => {
  // Eight cards, three a row: 0 1 2 / 3 4 5 / 6 7.
  const go = (key: string, at: number) => nextInGrid(key, at, 8, 3);

  test("arrows go to the neighbours and stop at the ends", () => {
    expect(go("ArrowRight", 2)).toBe(3);
    expect(go("ArrowRight", 7)).toBe(7);
    expect(go("ArrowLeft", 0)).toBe(0);
    expect(go("ArrowUp", 1)).toBe(1);
    expect(go("ArrowUp", 7)).toBe(4);
    expect(go("ArrowDown", 4)).toBe(7);
    expect(go("ArrowDown", 7)).toBe(7);
  });

  test("down into the gap of the last row is its last card", () => {
    expect(go("ArrowDown", 5)).toBe(7);
  });

  test("Home and End go to the ends, other keys nowhere", () => {
    expect(go("Home", 5)).toBe(0);
    expect(go("End", 0)).toBe(7);
    expect(go("a", 0)).toBeNull();
  });
});
