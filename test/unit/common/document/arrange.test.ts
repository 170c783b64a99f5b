import { array, assert, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  gapInNeighbour,
  groupTogether,
  lastGap,
  moveTogether,
  nextGap,
  ungroup,
} from "../../../../common/document/arrange.ts";
import {
  type Document,
  type GroupLayer,
  type Layer,
  maximumDepth,
} from "../../../../common/document/document.ts";
import {
  emptyHistory,
  moveTo,
  record,
} from "../../../../common/document/history.ts";
import type { Operation } from "../../../../common/document/operation.ts";
import { applyOperation } from "../../../../common/document/operations.ts";
import {
  heightOf,
  outermostLayers,
  walkLayers,
} from "../../../../common/document/tree.ts";
import { Failure } from "../../../../common/failure.ts";
import {
  type Choice,
  choice,
  documentOf,
  group,
  operationFrom,
  picture,
} from "./random-documents.ts";

/** sky, [figures: hero, [crowd: extra, other]], ink, paper */
const scene = documentOf([
  picture("sky"),
  group("figures", [
    picture("hero"),
    group("crowd", [picture("extra"), picture("other")]),
  ]),
  picture("ink"),
  picture("paper"),
]);

type Outline = (string | [string, Outline])[];
const outline = (layers: readonly Layer[]): Outline =>
  layers.map((layer) =>
    layer.kind === "group" ? [layer.id, outline(layer.layers)] : layer.id,
  );

const applied = (document: Document, operations: readonly Operation[]) =>
  operations.reduce(
    (changed, operation) => applyOperation(changed, operation).document,
    document,
  );

function randomDocument(choices: readonly Choice[]): Document {
  return choices.reduce(
    (document, numbers, serial) =>
      applyOperation(document, operationFrom(document, numbers, serial))
        .document,
    documentOf([picture("first")]),
  );
}

const idsOf = (document: Document) =>
  [...walkLayers(document.layers)].map(({ layer }) => layer.id);

/** Some of a document's layers, by random numbers. */
function someOf(document: Document, numbers: readonly number[]): string[] {
  const ids = idsOf(document);
  if (ids.length === 0) return [];
  return [...new Set(numbers.map((number) => ids[number % ids.length]!))];
}

/** Checks that a step with these operations is taken back exactly, and done again. */
function expectUndone(document: Document, operations: Operation[]): Document {
  const past = record({ history: emptyHistory, document }, "step", operations);
  const undone = moveTo(past, 0);
  expect(undone.document).toEqual(document);
  const { length } = past.history.steps;
  expect(moveTo(undone, length).document).toEqual(past.document);
  return past.document;
}

describe("layers moved together", () => {
  test("keep their order and lie side by side", () => {
    const moves = moveTogether(scene, ["paper", "sky", "extra"], {
      parent: "figures",
      index: 1,
    });
    expect(outline(applied(scene, moves).layers)).toEqual([
      [
        "figures",
        ["hero", "sky", "extra", "paper", ["crowd", ["other"]]] as Outline,
      ],
      "ink",
    ]);
  });

  test("take what lies in them along, once", () => {
    const moves = moveTogether(scene, ["extra", "crowd"], {
      parent: null,
      index: 0,
    });
    expect(moves).toHaveLength(1);
    expect(outline(applied(scene, moves).layers)[0]).toEqual([
      "crowd",
      ["extra", "other"],
    ]);
  });

  test("ask for nothing where they are there", () => {
    const there = { parent: null, index: 3 };
    expect(moveTogether(scene, ["ink"], there)).toEqual([]);
    expect(moveTogether(scene, ["ink", "paper"], there)).toEqual([]);
  });

  test("never go into themselves", () => {
    expect(() =>
      moveTogether(scene, ["figures"], { parent: "crowd", index: 0 }),
    ).toThrow(Failure);
  });

  test("arrive as one block, whatever the document, and undo is exact", () => {
    assert(
      property(
        array(choice, { minLength: 3, maxLength: 20 }),
        array(nat(99), { minLength: 1, maxLength: 5 }),
        nat(99),
        nat(99),
        (choices, picks, parentPick, indexPick) => {
          const document = randomDocument(choices);
          const ids = someOf(document, picks);
          const moved = outermostLayers(document, ids);
          const within = new Set(
            moved.flatMap(({ layer }) =>
              [...walkLayers([layer])].map((place) => place.layer.id),
            ),
          );
          const tallest = Math.max(
            0,
            ...moved.map(({ layer }) => heightOf(layer)),
          );
          const parents: (GroupLayer | null)[] = [null];
          for (const { layer, depth } of walkLayers(document.layers))
            if (
              layer.kind === "group" &&
              !within.has(layer.id) &&
              depth + tallest <= maximumDepth
            )
              parents.push(layer);
          const parent = parents[parentPick % parents.length]!;
          const siblings = (parent ?? document).layers;
          const index = indexPick % (siblings.length + 1);
          const left = siblings
            .slice(0, index)
            .filter(({ id }) => !within.has(id));
          const done = expectUndone(
            document,
            moveTogether(document, ids, {
              parent: parent?.id ?? null,
              index,
            }),
          );
          const arrived = (
            parent === null
              ? done.layers
              : (
                  [...walkLayers(done.layers)].find(
                    ({ layer }) => layer.id === parent.id,
                  )!.layer as GroupLayer
                ).layers
          ).slice(left.length, left.length + moved.length);
          expect(arrived.map(({ id }) => id)).toEqual(
            moved.map(({ layer }) => layer.id),
          );
          expect(idsOf(done).sort()).toEqual(idsOf(document).sort());
        },
      ),
    );
  });
});

describe("groups", () => {
  const empty = group("new", []);

  test("take the place of their topmost layer", () => {
    const done = expectUndone(
      scene,
      groupTogether(scene, ["sky", "ink"], empty),
    );
    expect(outline(done.layers)).toEqual([
      ["figures", ["hero", ["crowd", ["extra", "other"]]]],
      ["new", ["sky", "ink"]],
      "paper",
    ]);
  });

  test("of layers of different groups lie where the topmost was", () => {
    const done = expectUndone(
      scene,
      groupTogether(scene, ["sky", "extra"], empty),
    );
    expect(outline(done.layers)[0]).toEqual([
      "figures",
      ["hero", ["crowd", [["new", ["sky", "extra"]], "other"]]],
    ]);
  });

  test("are refused where they would lie too deep", () => {
    let layer: Layer = picture("leaf");
    for (let depth = 1; depth < maximumDepth; depth++)
      layer = group(`group-${depth}`, [layer]);
    expect(() => groupTogether(documentOf([layer]), ["leaf"], empty)).toThrow(
      /nested 32 deep/,
    );
  });

  test("dissolve into their place", () => {
    const done = expectUndone(scene, ungroup(scene, ["figures"]));
    expect(outline(done.layers)).toEqual([
      "sky",
      "hero",
      ["crowd", ["extra", "other"]],
      "ink",
      "paper",
    ]);
  });

  test("several dissolve at once, empty ones too", () => {
    const document = documentOf([
      group("a", [picture("1"), picture("2")]),
      group("b", []),
      group("c", [picture("3")]),
    ]);
    const done = expectUndone(document, ungroup(document, ["a", "b", "c"]));
    expect(outline(done.layers)).toEqual(["1", "2", "3"]);
  });

  test("made of neighbours and dissolved again leave things as they were", () => {
    assert(
      property(
        array(choice, { minLength: 3, maxLength: 20 }),
        nat(99),
        nat(5),
        (choices, pick, length) => {
          const document = randomDocument(choices);
          const [id] = someOf(document, [pick]);
          if (id === undefined) return;
          const { parent, index, depth } = outermostLayers(document, [id])[0]!;
          const neighbours = (parent ?? document).layers.slice(
            index,
            index + 1 + length,
          );
          if (
            neighbours.some((layer) => depth + heightOf(layer) > maximumDepth)
          )
            return;
          const ids = neighbours.map((layer) => layer.id);
          const grouped = expectUndone(
            document,
            groupTogether(document, ids, empty),
          );
          const back = expectUndone(grouped, ungroup(grouped, ["new"]));
          expect(back).toEqual(document);
        },
      ),
    );
  });
});

describe("one step", () => {
  const stepped = (ids: string[], direction: "up" | "down") => {
    const gap = nextGap(scene, ids, direction);
    return gap && outline(applied(scene, moveTogether(scene, ids, gap)).layers);
  };

  test("goes past the next layer, whole groups too", () => {
    expect(stepped(["sky"], "up")?.[1]).toBe("sky");
    expect(stepped(["ink"], "down")?.[1]).toBe("ink");
  });

  test("leaves a group at its end", () => {
    expect(stepped(["other"], "up")?.[1]).toEqual([
      "figures",
      ["hero", ["crowd", ["extra"]], "other"],
    ]);
    expect(stepped(["hero"], "down")?.slice(0, 2)).toEqual(["sky", "hero"]);
  });

  test("ends at the ends of the document", () => {
    expect(stepped(["paper"], "up")).toBeNull();
    expect(stepped(["sky"], "down")).toBeNull();
    expect(nextGap(scene, [], "up")).toBeNull();
  });

  test("takes several as one", () => {
    expect(stepped(["sky", "ink"], "up")?.slice(1)).toEqual([
      "paper",
      "sky",
      "ink",
    ]);
  });

  test("goes into a group that is next", () => {
    expect(gapInNeighbour(scene, ["sky"], "up")).toEqual({
      parent: "figures",
      index: 0,
    });
    expect(gapInNeighbour(scene, ["ink"], "down")).toEqual({
      parent: "figures",
      index: 2,
    });
    expect(gapInNeighbour(scene, ["paper"], "down")).toBeNull();
  });

  test("goes to the end of its group, once", () => {
    expect(lastGap(scene, ["hero"], "up")).toEqual({
      parent: "figures",
      index: 2,
    });
    expect(lastGap(scene, ["crowd"], "up")).toBeNull();
    expect(lastGap(scene, ["ink"], "down")).toEqual({
      parent: null,
      index: 0,
    });
  });
});
