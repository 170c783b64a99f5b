import { array, assert, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Document } from "../../../../common/document/document.ts";
import {
  currentOf,
  emptyHistory,
  type History,
  moveTo,
  openHistory,
  type Past,
  record,
  recordContinued,
  returnToMark,
  type Step,
  squash,
  start,
  stepSchema,
  tipOf,
} from "../../../../common/document/history.ts";
import type { Operation } from "../../../../common/document/operation.ts";
import { Failure } from "../../../../common/failure.ts";
import {
  type Choice,
  choice,
  documentOf,
  group,
  operationFrom,
  picture,
  styled,
} from "./random-documents.ts";

const first = documentOf([
  picture("sky"),
  group("figures", [picture("hero")]),
  styled("ink"),
]);
const beginning: Past = { history: emptyHistory, document: first };

const opacity = (value: number, layerId = "sky"): Operation => ({
  kind: "setLayer",
  layerId,
  change: { opacity: value },
});
const labels = (history: History) => history.steps.map((step) => step.label);
const through = (past: Past, ...values: number[]): Past =>
  values.reduce(
    (at, value) => record(at, `opacity ${value}`, [opacity(value)]),
    past,
  );

/** A past after random steps of one to three operations, and every document on the way. */
function randomPast(choices: readonly Choice[]): {
  past: Past;
  documents: Document[];
} {
  let past = beginning;
  const documents = [first];
  let serial = 0;
  for (let from = 0; from < choices.length; ) {
    const count = 1 + (choices[from]![4] % 3);
    const operations: Operation[] = [];
    let { document } = past;
    for (const numbers of choices.slice(from, from + count)) {
      const operation = operationFrom(document, numbers, serial++);
      document = record({ history: emptyHistory, document }, "try", [
        operation,
      ]).document;
      operations.push(operation);
    }
    past = record(past, `step ${from}`, operations);
    documents.push(past.document);
    from += count;
  }
  return { past, documents };
}

/** The history as it comes back from where it was stored as text. */
function stored(history: History, steps: readonly Step[]): History {
  const read = steps.map((step) =>
    stepSchema.parse(JSON.parse(JSON.stringify(step))),
  );
  return openHistory(read.reverse(), tipOf(history), currentOf(history));
}

describe("undo and redo", () => {
  test("all undone gives the first document, all redone the last", () => {
    assert(
      property(array(choice, { maxLength: 25 }), (choices) => {
        const { past } = randomPast(choices);
        const undone = moveTo(past, 0);
        expect(undone.document).toEqual(first);
        const redone = moveTo(undone, past.history.steps.length);
        expect(redone).toEqual(past);
      }),
    );
  });

  test("any walk along the history shows each step's own document", () => {
    assert(
      property(
        array(choice, { minLength: 1, maxLength: 15 }),
        array(nat(99), { maxLength: 8 }),
        (choices, moves) => {
          const { past, documents } = randomPast(choices);
          let at = past;
          for (const move of moves) {
            at = moveTo(at, move % documents.length);
            expect(at.document).toEqual(documents[at.history.position]);
          }
        },
      ),
    );
  });

  test("a history that was stored leads to the same documents", () => {
    assert(
      property(array(choice, { maxLength: 15 }), nat(99), (choices, place) => {
        const { past, documents } = randomPast(choices);
        const at = moveTo(past, place % documents.length);
        const reopened = stored(at.history, past.history.steps);
        expect(moveTo({ ...at, history: reopened }, 0).document).toEqual(first);
        expect(
          moveTo({ ...at, history: reopened }, documents.length - 1).document,
        ).toEqual(past.document);
      }),
    );
  });

  test("places that are not there are refused", () => {
    const past = through(beginning, 0.1, 0.2);
    for (const position of [-1, 3, 0.5, Number.NaN])
      expect(() => moveTo(past, position)).toThrow(Failure);
  });
});

describe("recording", () => {
  test("a step after an undo drops what could be redone, and keeps it stored", () => {
    const three = through(beginning, 0.1, 0.2, 0.3);
    const back = moveTo(three, 1);
    const branched = record(back, "instead", [opacity(0.9)]);
    expect(labels(branched.history)).toEqual(["opacity 0.1", "instead"]);
    expect(branched.history.position).toBe(2);

    const all = new Set([...three.history.steps, ...branched.history.steps]);
    expect([...all].map((step) => step.id)).toEqual([1, 2, 3, 4]);
    expect(stored(branched.history, [...all])).toEqual(branched.history);
    // The line put aside is still whole.
    expect(openHistory(all, 3, 3)).toEqual({ ...three.history, nextId: 5 });
  });

  test("a step of which one operation does not fit changes nothing", () => {
    const past = through(beginning, 0.1);
    const before = structuredClone(past);
    expect(() =>
      record(past, "half", [opacity(0.5), opacity(0.5, "nobody")]),
    ).toThrow(Failure);
    expect(past).toEqual(before);
  });

  test("nothing done makes no step", () => {
    expect(record(beginning, "nothing", [])).toBe(beginning);
  });

  test("a continued change of one property is one step", () => {
    let past = record(beginning, "Opacity", [opacity(0.9)]);
    past = recordContinued(past, "Opacity", [opacity(0.8)]);
    past = recordContinued(past, "Opacity", [opacity(0.7)]);
    expect(past.history.steps).toHaveLength(1);
    expect(past.history.steps[0]).toMatchObject({
      operations: [opacity(0.7)],
      inverses: [opacity(1)],
    });
    expect(moveTo(past, 0).document).toEqual(first);
  });

  test.each<[string, Operation]>([
    ["another layer", opacity(0.5, "ink")],
    [
      "another property",
      { kind: "setLayer", layerId: "sky", change: { visible: false } },
    ],
    ["another kind of change", { kind: "removeLayer", layerId: "sky" }],
  ])("a continued change of %s is a step of its own", (_, operation) => {
    const past = record(beginning, "Opacity", [opacity(0.9)]);
    expect(labels(recordContinued(past, "Other", [operation]).history)).toEqual(
      ["Opacity", "Other"],
    );
  });

  test("a change after an undo continues nothing", () => {
    const undone = moveTo(through(beginning, 0.1, 0.2), 1);
    const past = recordContinued(undone, "Opacity", [opacity(0.5)]);
    expect(labels(past.history)).toEqual(["opacity 0.1", "Opacity"]);
  });
});

describe("marks", () => {
  test("a drag is squashed to one step of one operation", () => {
    const before = through(beginning, 0.5);
    const mark = currentOf(before.history);
    const dragged = through(before, 0.6, 0.7, 0.8);
    const history = squash(dragged.history, mark, "Opacity");
    expect(labels(history)).toEqual(["opacity 0.5", "Opacity"]);
    expect(history.steps[1]).toMatchObject({
      operations: [opacity(0.8)],
      inverses: [opacity(0.5)],
    });
  });

  test("moves of one layer are squashed to the last", () => {
    const move = (index: number): Operation => ({
      kind: "moveLayer",
      layerId: "sky",
      to: { parent: null, index },
    });
    let past = beginning;
    for (const index of [1, 2, 1]) past = record(past, "drag", [move(index)]);
    const history = squash(past.history, start, "Move");
    expect(history.steps[0]).toMatchObject({
      operations: [move(1)],
      inverses: [move(0)],
    });
    expect(moveTo({ ...past, history }, 0).document).toEqual(first);
  });

  test("a change that asks for nothing does not hide another when squashed", () => {
    let past = record(beginning, "one", [opacity(0.5)]);
    past = record(past, "two", [
      {
        kind: "setLayer",
        layerId: "sky",
        change: { opacity: undefined, visible: false },
      },
    ]);
    const history = squash(past.history, start, "both");
    const undone = moveTo({ ...past, history }, 0);
    expect(undone.document).toEqual(first);
    expect(moveTo(undone, 1).document).toEqual(past.document);
  });

  test("squashing any steps keeps the documents on either side", () => {
    assert(
      property(
        array(choice, { minLength: 1, maxLength: 25 }),
        nat(99),
        (choices, place) => {
          const { past, documents } = randomPast(choices);
          const from = place % documents.length;
          const mark = past.history.steps[from - 1]?.id ?? start;
          const history = squash(past.history, mark, "all");
          const undone = moveTo({ ...past, history }, from);
          expect(undone.document).toEqual(documents[from]);
          expect(moveTo(undone, history.steps.length).document).toEqual(
            past.document,
          );
          expect(history.steps.length).toBe(
            Math.min(from + 1, past.history.steps.length),
          );
        },
      ),
    );
  });

  test("Escape gives back the mark's document and leaves nothing to redo", () => {
    const before = through(beginning, 0.5);
    const mark = currentOf(before.history);
    const escaped = returnToMark(through(before, 0.6, 0.7), mark);
    expect(escaped.document).toEqual(before.document);
    expect(escaped.history.steps).toEqual(before.history.steps);
    expect(escaped.history.position).toBe(1);
    // Ids of what was given up are not used again.
    expect(escaped.history.nextId).toBe(4);
  });

  test("a mark that is undone or unknown is refused", () => {
    const past = through(beginning, 0.1, 0.2);
    const mark = currentOf(past.history);
    const undone = moveTo(past, 1);
    for (const gone of [mark, 77]) {
      expect(() => returnToMark(undone, gone)).toThrow(Failure);
      expect(() => squash(undone.history, gone, "no")).toThrow(Failure);
    }
  });
});

describe("a stored history that is not whole", () => {
  const { history } = through(beginning, 0.1, 0.2, 0.3);

  test.each<[string, readonly Step[], number, number]>([
    ["lacks a step", history.steps.toSpliced(1, 1), 3, 3],
    ["lacks its tip", history.steps, 9, 3],
    ["stands on a step that is not on its line", history.steps, 2, 3],
    [
      "goes round in a circle",
      [{ ...history.steps[0]!, follows: 3 }, ...history.steps.slice(1)],
      3,
      3,
    ],
  ])("%s", (_, steps, tip, current) => {
    expect(() => openHistory(steps, tip, current)).toThrow(
      expect.objectContaining({ name: "Failure", code: "damaged" }),
    );
  });
});
