import { array, assert, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Document,
  identityTransform,
  type Layer,
  type PictureLayer,
} from "../../../../common/document/document.ts";
import {
  emptyHistory,
  moveTo,
  record,
} from "../../../../common/document/history.ts";
import {
  type MergeScope,
  mergeOperations,
  planMerge,
} from "../../../../common/document/merge.ts";
import { applyOperation } from "../../../../common/document/operations.ts";
import { walkLayers } from "../../../../common/document/tree.ts";
import {
  choice,
  documentOf,
  group,
  hash,
  operationFrom,
  picture,
  styled,
} from "./random-documents.ts";

const mask = { asset: null, x: 0, y: 0, outside: 0.5, enabled: true };

const scene = documentOf([
  picture("sky"),
  group(
    "figures",
    [picture("hero"), picture("spare", { visible: false }), picture("dog")],
    { opacity: 0.5, blendMode: "multiply", mask },
  ),
  picture("ink", { blendMode: "screen", opacity: 0.75 }),
  picture("notes", { visible: false }),
]);

function merged(document: Document, scope: MergeScope) {
  const plan = planMerge(document, scope);
  const layer: PictureLayer = {
    ...plan.look,
    kind: "picture",
    id: "merged",
    visible: true,
    locked: false,
    transform: identityTransform,
    asset: hash(9),
  };
  const past = record(
    { history: emptyHistory, document },
    "Merge",
    mergeOperations(plan, layer),
  );
  return { plan, layer, past };
}

const ids = (layers: readonly Layer[]): unknown[] =>
  layers.map((layer) =>
    layer.kind === "group" ? [layer.id, ids(layer.layers)] : layer.id,
  );

describe("a merge of several layers", () => {
  const { plan, layer, past } = merged(scene, {
    kind: "layers",
    layerIds: ["ink", "sky"],
  });

  test("has the lowest's name and blend mode, in the topmost's place", () => {
    expect(ids(past.document.layers)).toEqual([
      ["figures", ["hero", "spare", "dog"]],
      "merged",
      "notes",
    ]);
    expect(layer).toMatchObject({ name: "sky", blendMode: "normal" });
  });

  test("draws the others as they lie on it", () => {
    expect(plan.drawn).toEqual([scene.layers[0], scene.layers[2]]);
  });

  test("draws the lowest's blend mode once: when the merged layer is", () => {
    const down = merged(scene, {
      kind: "layers",
      layerIds: ["figures", "ink"],
    });
    expect(down.plan.drawn[0]).toEqual({
      ...scene.layers[1],
      blendMode: "normal",
    });
    expect(down.layer).toMatchObject({
      blendMode: "multiply",
      opacity: 1,
      mask: null,
    });
    expect(down.plan.leftOut).toBe(1);
  });

  test("never takes a hidden layer away unseen", () => {
    expect(() =>
      planMerge(scene, { kind: "layers", layerIds: ["ink", "notes"] }),
    ).toThrow("“notes” is hidden");
  });

  test("needs something to merge", () => {
    for (const layerIds of [["ink"], ["gone"], ["hero"]])
      expect(() => planMerge(scene, { kind: "layers", layerIds })).toThrow(
        "nothing to merge",
      );
  });
});

test("a merged group keeps its opacity, blend mode and mask", () => {
  const { plan, layer, past } = merged(scene, {
    kind: "layers",
    layerIds: ["figures", "hero"],
  });
  expect(layer).toMatchObject({
    name: "figures",
    opacity: 0.5,
    blendMode: "multiply",
    mask,
  });
  expect(plan.drawn).toEqual([
    { ...scene.layers[1], opacity: 1, blendMode: "normal", mask: null },
  ]);
  expect(plan.leftOut).toBe(1);
  expect(ids(past.document.layers)).toEqual(["sky", "merged", "ink", "notes"]);
});

test("a group that passed through lies over what is below when it is merged", () => {
  const document = documentOf([group("open", [picture("a")])]);
  const { layer } = merged(document, { kind: "layers", layerIds: ["open"] });
  expect(layer.blendMode).toBe("normal");
});

test("a merge of what can be seen leaves hidden layers, in their groups", () => {
  const { plan, past } = merged(scene, { kind: "visible" });
  expect(plan.drawn).toEqual(scene.layers.slice(0, 3));
  expect(ids(past.document.layers)).toEqual([
    "merged",
    ["figures", ["spare"]],
    "notes",
  ]);
});

test("flattening leaves one layer, and counts what was hidden", () => {
  const { plan, past } = merged(scene, { kind: "document" });
  expect(ids(past.document.layers)).toEqual(["merged"]);
  expect(plan).toMatchObject({ cropped: true, leftOut: 2 });
});

describe("a style that is not painted yet", () => {
  const unpainted = styled("oil", { result: null });

  test("is not merged away", () => {
    const document = documentOf([picture("sky"), unpainted]);
    expect(() => planMerge(document, { kind: "document" })).toThrow(
      "“oil” has not been painted yet",
    );
    const other = styled("oil", {
      result: { asset: hash(2), style: { model: "ink", brushSize: 2 } },
    });
    expect(() =>
      planMerge(documentOf([group("g", [other])]), { kind: "document" }),
    ).toThrow("“oil” has not been painted yet");
  });

  test("does not matter where it cannot be seen", () => {
    const document = documentOf([
      picture("sky"),
      group("off", [unpainted], { visible: false }),
      styled("none", { result: null, strength: 0 }),
    ]);
    expect(planMerge(document, { kind: "document" }).leftOut).toBe(1);
  });
});

test("undo brings back exactly what was there, whatever the document", () => {
  let merges = 0;
  assert(
    property(
      array(choice, { minLength: 3, maxLength: 20 }),
      array(nat(99), { minLength: 1, maxLength: 4 }),
      nat(2),
      (choices, picks, kind) => {
        const document = choices.reduce(
          (current, numbers, serial) =>
            applyOperation(current, operationFrom(current, numbers, serial))
              .document,
          documentOf([picture("first")]),
        );
        const all = [...walkLayers(document.layers)].map(
          ({ layer }) => layer.id,
        );
        if (all.length === 0) return;
        const layerIds = picks.map((pick) => all[pick % all.length]!);
        const scope: MergeScope =
          kind === 0
            ? { kind: "layers", layerIds }
            : { kind: kind === 1 ? "visible" : "document" };
        try {
          planMerge(document, scope);
        } catch {
          return;
        }
        const { past, plan } = merged(document, scope);
        merges++;
        expect(moveTo(past, 0).document).toEqual(document);
        const kept = new Set(
          [...walkLayers(past.document.layers)].map(({ layer }) => layer.id),
        );
        expect(kept.has("merged")).toBe(true);
        for (const id of plan.removed) expect(kept.has(id)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
  expect(merges).toBeGreaterThan(20);
});
