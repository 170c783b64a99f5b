import { describe, expect, test } from "vitest";
import { labelOf } from "../../../renderer/state/actions/action.ts";
import { actions } from "../../../renderer/state/actions/actions.ts";
import {
  canonical,
  type KeyPress,
  keyCaps,
  matches,
} from "../../../renderer/state/actions/shortcut.ts";
import {
  initialState,
  type PageState,
} from "../../../renderer/state/page-state.ts";
import { openedProject } from "../../../renderer/state/reconcile.ts";
import {
  largestBrush,
  nextBrushSize,
  smallestBrush,
} from "../../../renderer/state/tool-options.ts";
import { documentOf, picture } from "./documents.ts";

describe("the table", () => {
  test("no two actions share a name", () => {
    const names = actions.map((action) => action.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("no two actions share a key", () => {
    const keys = actions.flatMap((action) =>
      (action.shortcuts ?? []).map(canonical),
    );
    const shared = keys.filter((key, index) => keys.indexOf(key) !== index);
    expect(shared).toEqual([]);
    expect(keys.length).toBeGreaterThan(20);
  });

  test("keys that are held are released again", () => {
    const held = actions.filter((action) => action.release);
    expect(held.map((action) => action.name)).toEqual([
      "peek-original",
      "borrow-hand",
    ]);
  });

  test("with nothing open only what needs no picture applies", () => {
    const able = actions.filter(
      (action) => action.applies?.(initialState) ?? true,
    );
    expect(able.map((action) => action.name)).toEqual([
      "open-pictures",
      "show-projects",
      "show-canvas",
      "show-train",
      "paste",
      "toggle-theme",
      "open-sample",
      "show-shortcuts",
    ]);
  });
});

describe("when layer actions apply", () => {
  const stateWith = (locked: boolean): PageState => {
    const document = documentOf(picture("below"), picture("top", { locked }));
    return {
      ...initialState,
      room: "canvas",
      selection: "top",
      project: openedProject({
        id: "p",
        name: "p",
        revision: 1,
        document,
        history: { entries: [], position: 0 },
      }),
    };
  };
  const applies = (name: string, state: PageState) =>
    actions.find((action) => action.name === name)?.applies?.(state);

  test("the top layer goes down but not up", () => {
    expect(applies("lower-layer", stateWith(false))).toBe(true);
    expect(applies("raise-layer", stateWith(false))).toBe(false);
  });

  test("a locked layer stays, and can be unlocked", () => {
    expect(applies("delete-layer", stateWith(true))).toBe(false);
    expect(applies("lower-layer", stateWith(true))).toBe(false);
    expect(applies("lock-layer", stateWith(true))).toBe(true);
  });

  test("of several layers a locked one holds the others back", () => {
    const one: PageState = { ...stateWith(true), selection: "below" };
    expect(applies("delete-layer", one)).toBe(true);
    const both: PageState = { ...one, selectedTogether: ["top", "below"] };
    expect(applies("delete-layer", both)).toBe(false);
    expect(applies("duplicate-layer", both)).toBe(true);
  });

  test("a merge says what it would merge", () => {
    const merge = actions.find((action) => action.name === "merge-down")!;
    const state = stateWith(false);
    expect(labelOf(merge, state)).toBe("Merge down");
    expect(
      labelOf(merge, { ...state, selectedTogether: ["below", "top"] }),
    ).toBe("Merge layers");
    expect(applies("merge-down", { ...state, selection: "below" })).toBe(false);
    expect(
      applies("merge-down", {
        ...state,
        merging: { projectId: "p", progress: 0, begun: 0 },
      }),
    ).toBe(false);
  });

  test("they do not reach a picture that is not in view", () => {
    const elsewhere: PageState = { ...stateWith(false), room: "train" };
    expect(applies("delete-layer", elsewhere)).toBe(false);
    expect(applies("undo", elsewhere)).toBe(false);
  });
});

describe("tools", () => {
  test("each is chosen by its key", () => {
    const keys = actions
      .filter(({ name }) => name.startsWith("tool-"))
      .map(({ name, shortcuts }) => [name.slice(5), shortcuts?.[0]]);
    expect(Object.fromEntries(keys)).toMatchObject({
      brush: "B",
      eraser: "E",
      lasso: "L",
      rectangle: "M",
      wand: "W",
      gradient: "G",
    });
  });

  test("[ and ] go through all sizes of the brush and stop at the ends", () => {
    let size = smallestBrush;
    for (let press = 0; press < 80; press++) {
      const next = nextBrushSize(size, 1);
      expect(next > size || size === largestBrush).toBe(true);
      size = next;
    }
    expect(size).toBe(largestBrush);
    for (let press = 0; press < 80; press++) size = nextBrushSize(size, -1);
    expect(size).toBe(smallestBrush);
  });
});

describe("shortcuts", () => {
  const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  });

  test("match their key and their modifiers, and no others", () => {
    const undo = press("z", { ctrlKey: true });
    expect(matches("Mod+Z", undo, false)).toBe(true);
    expect(matches("Mod+Z", undo, true)).toBe(false);
    expect(matches("Mod+Z", press("z", { metaKey: true }), true)).toBe(true);
    expect(matches("Mod+Z", press("z"), false)).toBe(false);
    const redo = press("Z", { ctrlKey: true, shiftKey: true });
    expect(matches("Mod+Z", redo, false)).toBe(false);
    expect(matches("Mod+Shift+Z", redo, false)).toBe(true);
  });

  test("signs match however a keyboard makes them", () => {
    expect(matches("?", press("?", { shiftKey: true }), false)).toBe(true);
    expect(matches("?", press("?"), false)).toBe(true);
    expect(matches("Mod++", press("+", { ctrlKey: true }), false)).toBe(true);
    expect(matches("Space", press(" "), false)).toBe(true);
  });

  test("match with Option on a Mac, which makes other characters", () => {
    const option = { altKey: true, metaKey: true };
    const up = press("‘", { ...option, code: "BracketRight" });
    expect(matches("Mod+Alt+]", up, true)).toBe(true);
    const all = press("å", { ...option, code: "KeyA" });
    expect(matches("Mod+Alt+A", all, true)).toBe(true);
    const german = press("ü", { altKey: true, code: "BracketLeft" });
    expect(matches("Alt+[", german, false)).toBe(false);
  });

  test("are written as the keys of the machine", () => {
    expect(keyCaps("Mod+Shift+Z", false)).toEqual(["Ctrl", "Shift", "Z"]);
    expect(keyCaps("Mod+Shift+Z", true)).toEqual(["⌘", "⇧", "Z"]);
    expect(keyCaps("Delete", false)).toEqual(["Del"]);
  });
});
