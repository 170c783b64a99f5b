import { describe, expect, test } from "vitest";
import { blendModes } from "../../../common/document/blend-mode.ts";
import type { Mask } from "../../../common/document/document.ts";
import {
  assetsOfPlan,
  canvasOperation,
  compositingPlan,
  originalOf,
} from "../../../renderer/canvas/compositing/plan.ts";
import { documentOf, group, hash, picture, styled } from "./documents.ts";

const mask: Mask = { asset: hash("c"), x: 0, y: 0, outside: 1, enabled: true };

const idsOf = (document: { layers: { id: string }[] }) =>
  document.layers.map((layer) => layer.id);

describe("what is painted", () => {
  test("layers in their order, with how they meet what is below", () => {
    const plan = compositingPlan([
      picture("back"),
      styled("front", { blendMode: "multiply", opacity: 0.5, mask }),
    ]);
    expect(plan.map((step) => step.kind)).toEqual(["picture", "styled"]);
    expect(plan[1]?.meeting).toEqual({ mode: "multiply", opacity: 0.5, mask });
  });

  test("nothing of what cannot be seen", () => {
    const black: Mask = { ...mask, asset: null, outside: 0 };
    expect(
      compositingPlan([
        picture("hidden", { visible: false }),
        picture("clear", { opacity: 0 }),
        picture("masked", { mask: black }),
        group("empty", []),
        group("hidden group", [picture("inside")], { visible: false }),
      ]),
    ).toEqual([]);
  });

  test("masks that change nothing are left out", () => {
    const white: Mask = { ...mask, asset: null };
    const off: Mask = { ...mask, enabled: false };
    const plan = compositingPlan([
      picture("white", { mask: white }),
      picture("off", { mask: off }),
    ]);
    expect(plan.map((step) => step.meeting.mask)).toEqual([null, null]);
  });

  test("a styled layer shows its source until there is a result, and at strength 0", () => {
    const plan = compositingPlan([
      styled("waiting", { result: null }),
      styled("at zero", { strength: 0 }),
    ]);
    expect(plan).toMatchObject([
      { kind: "picture", asset: hash("a") },
      { kind: "picture", asset: hash("a") },
    ]);
  });
});

describe("groups", () => {
  test("a plain pass-through group is as if it were not there", () => {
    const inside = [picture("a"), picture("b")];
    expect(compositingPlan([group("g", inside)])).toEqual(
      compositingPlan(inside),
    );
  });

  test("opacity or a mask fade a pass-through group as one", () => {
    const [faded] = compositingPlan([
      group("g", [picture("a")], { opacity: 0.5 }),
    ]);
    expect(faded).toMatchObject({
      kind: "passThrough",
      meeting: { opacity: 0.5 },
    });
    const [masked] = compositingPlan([group("g", [picture("a")], { mask })]);
    expect(masked?.kind).toBe("passThrough");
  });

  test("a group of any other mode is painted by itself", () => {
    const plan = compositingPlan([
      group("g", [picture("a", { blendMode: "screen" })], {
        blendMode: "normal",
      }),
    ]);
    expect(plan).toMatchObject([
      { kind: "group", steps: [{ meeting: { mode: "screen" } }] },
    ]);
  });
});

test("the pictures of a plan are those of its steps and masks, at any depth", () => {
  const plan = compositingPlan([
    group("g", [styled("s", { mask })], { blendMode: "normal" }),
    picture("hidden", { asset: hash("d"), visible: false }),
  ]);
  const { pictures, masks } = assetsOfPlan(plan);
  expect([...pictures].sort()).toEqual([hash("a"), hash("b")]);
  expect([...masks]).toEqual([hash("c")]);
});

describe("the original", () => {
  test("is the document without its styled layers", () => {
    const document = documentOf(
      picture("photo"),
      styled("style"),
      group("g", [styled("inner"), picture("detail")]),
    );
    const original = originalOf(document);
    expect(idsOf(original)).toEqual(["photo", "g"]);
    expect(original.layers[1]).toMatchObject({ layers: [{ id: "detail" }] });
  });

  test("is their sources where nothing else is to be seen", () => {
    const original = originalOf(
      documentOf(picture("photo", { visible: false }), styled("style")),
    );
    expect(compositingPlan(original.layers)).toMatchObject([
      { kind: "picture", asset: hash("a") },
    ]);
  });
});

test("canvas 2D does the sixteen modes of the W3C, our own maths the rest", () => {
  const ours = blendModes.filter((mode) => canvasOperation(mode) === null);
  expect(ours).toEqual([
    "dissolve",
    "linearBurn",
    "darkerColor",
    "linearDodge",
    "lighterColor",
    "vividLight",
    "linearLight",
    "pinLight",
    "hardMix",
    "subtract",
    "divide",
  ]);
});
