import { array, assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Document,
  type Layer,
  maximumDepth,
} from "../../../../common/document/document.ts";
import { parseDocument } from "../../../../common/document/migrations.ts";
import type { Operation } from "../../../../common/document/operation.ts";
import { operationSchema } from "../../../../common/document/operation.ts";
import { applyOperation } from "../../../../common/document/operations.ts";
import { findLayer, locateLayer } from "../../../../common/document/tree.ts";
import { Failure } from "../../../../common/failure.ts";
import {
  choice,
  documentOf,
  group,
  operationFrom,
  picture,
  styled,
} from "./random-documents.ts";

/** sky, [figures: hero, [crowd: extra]], ink */
const scene = documentOf([
  picture("sky"),
  group("figures", [picture("hero"), group("crowd", [picture("extra")])]),
  styled("ink"),
]);

function ids(layers: Layer[]): unknown[] {
  return layers.map((layer) =>
    layer.kind === "group" ? [layer.id, ids(layer.layers)] : layer.id,
  );
}

function apply(document: Document, ...operations: Operation[]): Document {
  return operations.reduce(
    (changed, operation) => applyOperation(changed, operation).document,
    document,
  );
}

function failureOf(document: Document, operation: Operation): Failure {
  try {
    applyOperation(document, operation);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("The operation was not refused.");
}

describe("what operations do", () => {
  test("add at a place in a group", () => {
    const added = apply(scene, {
      kind: "addLayer",
      layer: picture("dog"),
      at: { parent: "figures", index: 1 },
    });
    expect(ids(added.layers)).toEqual([
      "sky",
      ["figures", ["hero", "dog", ["crowd", ["extra"]]]],
      "ink",
    ]);
  });

  test("remove a group with all that is in it, and bring it back", () => {
    const { document, inverse } = applyOperation(scene, {
      kind: "removeLayer",
      layerId: "figures",
    });
    expect(ids(document.layers)).toEqual(["sky", "ink"]);
    expect(applyOperation(document, inverse).document).toEqual(scene);
  });

  test("move to the index where the layer ends up", () => {
    const moved = (index: number) =>
      ids(
        apply(scene, {
          kind: "moveLayer",
          layerId: "sky",
          to: { parent: null, index },
        }).layers,
      ).map((entry) => (Array.isArray(entry) ? entry[0] : entry));
    expect(moved(0)).toEqual(["sky", "figures", "ink"]);
    expect(moved(1)).toEqual(["figures", "sky", "ink"]);
    expect(moved(2)).toEqual(["figures", "ink", "sky"]);
  });

  test("move out of one group into another", () => {
    const moved = apply(scene, {
      kind: "moveLayer",
      layerId: "hero",
      to: { parent: "crowd", index: 1 },
    });
    expect(ids(moved.layers)).toEqual([
      "sky",
      ["figures", [["crowd", ["extra", "hero"]]]],
      "ink",
    ]);
  });

  test("set only what the change names", () => {
    const { document, inverse } = applyOperation(scene, {
      kind: "setLayer",
      layerId: "ink",
      change: { strength: 0.25, opacity: undefined },
    });
    expect(findLayer(document, "ink")).toEqual(
      styled("ink", { strength: 0.25 }),
    );
    expect(inverse).toEqual({
      kind: "setLayer",
      layerId: "ink",
      change: { strength: 1 },
    });
  });

  test("share what they leave alone, and alter nothing", () => {
    const before = structuredClone(scene);
    const { document } = applyOperation(scene, {
      kind: "setLayer",
      layerId: "hero",
      change: { opacity: 0.5 },
    });
    expect(scene).toEqual(before);
    expect(document.layers[0]).toBe(scene.layers[0]);
    expect(document.layers[2]).toBe(scene.layers[2]);
    expect(document.layers[1]).not.toBe(scene.layers[1]);
    expect(findLayer(document, "crowd")).toBe(findLayer(scene, "crowd"));
  });

  test("give back the same document where there is nothing to do", () => {
    const { place } = { place: locateLayer(scene, "hero")! };
    expect(
      apply(
        scene,
        { kind: "setLayer", layerId: "sky", change: {} },
        {
          kind: "moveLayer",
          layerId: "hero",
          to: { parent: place.parent!.id, index: place.index },
        },
      ),
    ).toBe(scene);
  });
});

describe("what operations refuse", () => {
  const nested = (depth: number): Layer =>
    depth === 1
      ? picture("innermost")
      : group(`g${depth}`, [nested(depth - 1)]);

  test.each<[string, Operation, RegExp]>([
    [
      "an unknown layer",
      { kind: "removeLayer", layerId: "nobody" },
      /no layer with the id "nobody"/,
    ],
    [
      "an unknown parent",
      {
        kind: "addLayer",
        layer: picture("dog"),
        at: { parent: "nobody", index: 0 },
      },
      /no layer with the id "nobody"/,
    ],
    [
      "a parent that is no group",
      {
        kind: "moveLayer",
        layerId: "ink",
        to: { parent: "sky", index: 0 },
      },
      /"sky" is not a group/,
    ],
    [
      "an index beyond the siblings",
      {
        kind: "addLayer",
        layer: picture("dog"),
        at: { parent: "crowd", index: 2 },
      },
      /index 2: there are 1 layers/,
    ],
    [
      "an index that counts the moved layer itself",
      {
        kind: "moveLayer",
        layerId: "sky",
        to: { parent: null, index: 3 },
      },
      /index 3: there are 2 layers/,
    ],
    [
      "an id that is taken",
      {
        kind: "addLayer",
        layer: group("new", [picture("extra")]),
        at: { parent: null, index: 0 },
      },
      /already a layer with the id "extra"/,
    ],
    [
      "an id that comes twice in the added layers",
      {
        kind: "addLayer",
        layer: group("new", [picture("a"), group("b", [picture("a")])]),
        at: { parent: null, index: 0 },
      },
      /already a layer with the id "a"/,
    ],
    [
      "a group into itself",
      {
        kind: "moveLayer",
        layerId: "figures",
        to: { parent: "figures", index: 0 },
      },
      /"figures" cannot be moved into itself/,
    ],
    [
      "a group into a group of its own",
      {
        kind: "moveLayer",
        layerId: "figures",
        to: { parent: "crowd", index: 0 },
      },
      /"figures" cannot be moved into itself/,
    ],
    [
      "a property that the kind lacks",
      { kind: "setLayer", layerId: "sky", change: { strength: 0.5 } },
      /picture layer "sky" has no strength/,
    ],
    [
      "a group's transform",
      {
        kind: "setLayer",
        layerId: "crowd",
        change: {
          transform: { x: 0, y: 0, scaleX: 1, scaleY: 1, rotation: 0 },
        },
      },
      /group layer "crowd" has no transform/,
    ],
    [
      "passing through on what is no group",
      {
        kind: "setLayer",
        layerId: "ink",
        change: { blendMode: "passThrough" },
      },
      /Only groups can pass through/,
    ],
    [
      "layers that would lie too deep",
      {
        kind: "addLayer",
        layer: nested(maximumDepth - 1),
        at: { parent: "crowd", index: 0 },
      },
      /nested 32 deep/,
    ],
  ])("%s", (_, operation, message) => {
    const before = structuredClone(scene);
    const failure = failureOf(scene, operation);
    expect(failure.code).toBe("invalid");
    expect(failure.message).toMatch(message);
    expect(failure.subject).toBeDefined();
    expect(scene).toEqual(before);
  });

  test("not the deepest layers that may be", () => {
    const deep = apply(scene, {
      kind: "addLayer",
      layer: nested(maximumDepth - 2),
      at: { parent: "crowd", index: 0 },
    });
    expect(locateLayer(deep, "innermost")?.depth).toBe(maximumDepth);
    expect(parseDocument(deep)).toEqual(deep);
  });

  test("more layers side by side than a document may hold", () => {
    const full = documentOf(
      Array.from({ length: 10_000 }, (_, index) => picture(`p${index}`)),
    );
    const failure = failureOf(full, {
      kind: "addLayer",
      layer: picture("one more"),
      at: { parent: null, index: 0 },
    });
    expect(failure.message).toMatch(/already 10000 layers/);
  });
});

test("an operation that came with endless nesting is refused before it fills the stack", () => {
  let layer: Layer = picture("p");
  for (let depth = 0; depth < 100_000; depth++) layer = group("g", [layer]);
  const at = { parent: null, index: 0 };
  const parsed = operationSchema.safeParse({ kind: "addLayer", layer, at });
  expect(parsed.error?.issues).toMatchObject([
    { path: ["layer"], message: "groups are nested more than 32 deep" },
  ]);
});

test("every operation and its inverse are valid data, lead to a valid document and back", () => {
  assert(
    property(array(choice, { maxLength: 25 }), (choices) => {
      let document = scene;
      for (const [serial, numbers] of choices.entries()) {
        const operation = operationFrom(document, numbers, serial);
        const before = document;
        const applied = applyOperation(document, operation);
        expect(operationSchema.parse(applied.inverse)).toEqual(applied.inverse);
        expect(
          applyOperation(applied.document, applied.inverse).document,
        ).toEqual(before);
        document = applied.document;
      }
      expect(parseDocument(document)).toEqual(document);
    }),
  );
});
