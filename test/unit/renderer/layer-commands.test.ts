import { describe, expect, test } from "vitest";
import type { Document, Layer } from "../../../common/document/document.ts";
import {
  selectedIds,
  selectedLayers,
} from "../../../renderer/state/layer-selection.ts";
import { named, nameOfCopy } from "../../../renderer/state/layers.ts";
import { mergeOfSelected } from "../../../renderer/state/merging.ts";
import {
  initialState,
  type PageState,
} from "../../../renderer/state/page-state.ts";
import { openedProject } from "../../../renderer/state/reconcile.ts";
import { shownDocument } from "../../../renderer/state/shown-document.ts";
import { documentOf, group, picture } from "./documents.ts";

function stateOf(
  document: Document,
  selected: string[],
  change: Partial<PageState> = {},
): PageState {
  return {
    ...initialState,
    room: "canvas",
    selection: selected.at(-1) ?? null,
    selectedTogether: selected,
    project: openedProject({
      id: "p",
      name: "p",
      revision: 1,
      document,
      history: { entries: [], position: 0 },
    }),
    ...change,
  };
}

const scene = documentOf(
  picture("low"),
  group("group", [picture("a"), picture("b")]),
  picture("high"),
);

describe("what is selected", () => {
  test("counts together only while the last one is among it", () => {
    const together = ["low", "high"];
    expect(
      selectedIds({ selection: "high", selectedTogether: together }),
    ).toEqual(together);
    expect(selectedIds({ selection: "a", selectedTogether: together })).toEqual(
      ["a"],
    );
    expect(selectedIds({ selection: null, selectedTogether: [] })).toEqual([]);
  });

  test("goes with its group, bottom first, and without what is gone", () => {
    const state = stateOf(scene, ["high", "b", "gone", "group", "low"]);
    expect(selectedLayers(state).map(({ id }) => id)).toEqual([
      "low",
      "group",
      "high",
    ]);
  });

  test("is called by its name, or by how many there are", () => {
    expect(named(selectedLayers(stateOf(scene, ["low"])))).toBe("low");
    expect(named(selectedLayers(stateOf(scene, ["low", "high"])))).toBe(
      "2 layers",
    );
  });

  test("is tried out together", () => {
    const state = stateOf(scene, ["low", "b"], {
      preview: { layerIds: ["low", "b", "gone"], change: { opacity: 0.25 } },
    });
    const shown = shownDocument(state)!;
    expect(shown.layers.map(({ opacity }) => opacity)).toEqual([0.25, 1, 1]);
    const inner = shown.layers[1];
    expect(
      inner?.kind === "group" && inner.layers.map(({ opacity }) => opacity),
    ).toEqual([1, 0.25]);
  });
});

test("copies are numbered, and their names fit", () => {
  expect(nameOfCopy("sky")).toBe("sky copy");
  expect(nameOfCopy("sky copy")).toBe("sky copy 2");
  expect(nameOfCopy("sky copy 9")).toBe("sky copy 10");
  expect(nameOfCopy("carbon copy 2b")).toBe("carbon copy 2b copy");
  expect(nameOfCopy("x".repeat(255))).toHaveLength(255);
  expect(nameOfCopy(nameOfCopy("x".repeat(255)))).toHaveLength(255);
});

describe("merging", () => {
  const merge = (...selected: string[]) =>
    mergeOfSelected(stateOf(scene, selected));
  const change = (layers: Layer[], ...selected: string[]) =>
    mergeOfSelected(stateOf(documentOf(...layers), selected));

  test("means the layer below, the group, or all that is selected", () => {
    expect(merge("high")).toEqual({
      label: "Merge down",
      scope: { kind: "layers", layerIds: ["group", "high"] },
    });
    expect(merge("b")).toEqual({
      label: "Merge down",
      scope: { kind: "layers", layerIds: ["a", "b"] },
    });
    expect(merge("group")).toEqual({
      label: "Merge group",
      scope: { kind: "layers", layerIds: ["group"] },
    });
    expect(merge("high", "low")).toEqual({
      label: "Merge layers",
      scope: { kind: "layers", layerIds: ["low", "high"] },
    });
  });

  test("needs something below, in the same group", () => {
    expect(merge("low")).toBeNull();
    expect(merge("a")).toBeNull();
    expect(change([group("empty", [])], "empty")).toBeNull();
  });

  test("lets alone what is locked or hidden", () => {
    const low = picture("low");
    const locked = picture("x", { locked: true });
    const hidden = picture("x", { visible: false });
    expect(change([locked, low], "low")).toBeNull();
    expect(change([hidden, low], "low")).toBeNull();
    expect(change([low, group("g", [locked])], "g")).toBeNull();
    expect(change([low, group("g", [hidden])], "g")).not.toBeNull();
  });
});
