import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Document } from "./document.ts";
import {
  type LayerChange,
  type Operation,
  operationSchema,
} from "./operation.ts";
import { applyOperation } from "./operations.ts";

/**
 * The history of a document: a list that only grows. Each step is written once and never altered or removed; what it
 * follows is part of it, so the steps form a tree, and the artist stands on one line of it, from the start to a tip.
 * A new step after an undo, a squash and a return to a mark do not touch the steps that they put aside: they start
 * another branch, and the steps put aside are merely no longer on the line.
 *
 * To store it: a table with one row a step (`id` as key, insert only), and beside the project two numbers, the ids of
 * `tipOf` and `currentOf`. `openHistory` reads them back. All here is pure: data in, data out.
 */

/** Stands for the start in `Step.follows`, `Mark`, `tipOf` and `currentOf`; no step has it as its id. */
export const start = 0;

export const stepSchema = z.strictObject({
  /** Grows along the list, from 1. */
  id: z.int().min(1),
  /** Id of the step that it was made after, or `start`. */
  follows: z.int().min(start),
  label: z.string().min(1).max(120),
  operations: z.array(operationSchema).min(1),
  /** What takes the step back, to be applied in this order. */
  inverses: z.array(operationSchema).min(1),
});
export type Step = Readonly<z.infer<typeof stepSchema>>;

export interface History {
  /** The line that the artist is on, oldest first. Those from `position` on can be redone. */
  readonly steps: readonly Step[];
  /** How many steps of the line are applied. */
  readonly position: number;
  /** Id of the next step: above that of every step ever made, on the line or off it. */
  readonly nextId: number;
}

/** A place in the history to which one can return: the id of the step before it, or `start`. */
export type Mark = number;

/** A history with the document that it has led to. */
export interface Past {
  readonly history: History;
  readonly document: Document;
}

export const emptyHistory: History = { steps: [], position: 0, nextId: 1 };

/** Id of the last step on the line, applied or not. */
export function tipOf(history: History): number {
  return history.steps.at(-1)?.id ?? start;
}

/** Id of the last applied step; also the mark to which one can return from later ones. */
export function currentOf(history: History): Mark {
  return history.steps[history.position - 1]?.id ?? start;
}

/**
 * The history as stored.
 * @param stored every step ever made, in any order
 * @param tip what `tipOf` gave
 * @param current what `currentOf` gave
 * @throws Failure `damaged` where a step is missing
 */
export function openHistory(
  stored: Iterable<Step>,
  tip: number,
  current: number,
): History {
  const byId = new Map<number, Step>();
  let nextId = 1;
  for (const step of stored) {
    byId.set(step.id, step);
    nextId = Math.max(nextId, step.id + 1);
  }
  const steps: Step[] = [];
  for (let id = tip; id !== start; ) {
    const step = byId.get(id);
    // A step follows an earlier one; anything else would go round for ever.
    if (step === undefined || step.follows >= id) throw lost(id);
    steps.push(step);
    id = step.follows;
  }
  steps.reverse();
  const position =
    current === start
      ? 0
      : steps.findIndex((step) => step.id === current) + 1 || -1;
  if (position < 0) throw lost(current);
  return { steps, position, nextId };
}

/**
 * Applies operations as one named step. What could be redone before leaves the line.
 * @throws Failure `invalid` where an operation does not fit; nothing has happened then
 */
export function record(
  past: Past,
  label: string,
  operations: readonly Operation[],
): Past {
  const inverses: Operation[] = [];
  let { document } = past;
  for (const operation of operations) {
    const applied = applyOperation(document, operation);
    document = applied.document;
    inverses.unshift(applied.inverse);
  }
  if (inverses.length === 0) return past;
  const at = past.history.position;
  return {
    document,
    history: grow(past.history, at, label, [...operations], inverses),
  };
}

/**
 * Like `record`, but where the last step changed the same properties of the same layer, both become one step: for keys
 * that nudge a slider. The caller tells by its own clock and focus whether the artist still means the same change.
 */
export function recordContinued(
  past: Past,
  label: string,
  operations: readonly Operation[],
): Past {
  const { steps, position } = past.history;
  const last = steps[position - 1];
  const next = record(past, label, operations);
  const [before, ...others] = last?.operations ?? [];
  const [after, ...more] = operations;
  const same =
    last !== undefined &&
    position === steps.length &&
    others.length + more.length === 0 &&
    before?.kind === "setLayer" &&
    after?.kind === "setLayer" &&
    before.layerId === after.layerId &&
    propertiesOf(before.change) === propertiesOf(after.change);
  return same
    ? { ...next, history: squash(next.history, last.follows, label) }
    : next;
}

/**
 * Undoes or redoes until `position` steps are applied.
 * @throws Failure `invalid` where there are not that many steps
 */
export function moveTo(past: Past, position: number): Past {
  const { history } = past;
  if (
    !Number.isInteger(position) ||
    position < 0 ||
    position > history.steps.length
  )
    throw new Failure(
      "invalid",
      `There are ${history.steps.length} steps; the history cannot go to step ${position}.`,
    );
  let { document } = past;
  const undone = history.steps.slice(position, history.position).reverse();
  for (const step of undone) document = applyAll(document, step.inverses);
  for (const step of history.steps.slice(history.position, position))
    document = applyAll(document, step.operations);
  return { document, history: { ...history, position } };
}

/**
 * Escape: takes back everything since the mark and leaves nothing of it to redo.
 * @throws Failure `invalid` where the mark is not among the applied steps
 */
export function returnToMark(past: Past, mark: Mark): Past {
  const position = positionOf(past.history, mark);
  const { document, history } = moveTo(past, position);
  return {
    document,
    history: { ...history, steps: history.steps.slice(0, position) },
  };
}

/**
 * The end of a drag: makes one step of everything since the mark. The document stays as it is.
 * @throws Failure `invalid` where the mark is not among the applied steps
 */
export function squash(history: History, mark: Mark, label: string): History {
  const from = positionOf(history, mark);
  const squashed = history.steps.slice(from, history.position);
  if (squashed.length === 0) return history;
  const operations: Operation[] = [];
  const inverses: Operation[] = [];
  for (const step of squashed)
    for (const [index, operation] of step.operations.entries()) {
      const inverse = step.inverses[step.inverses.length - 1 - index]!;
      const last = operations.at(-1);
      const merged = last && merge(last, operation);
      const mergedInverse = merged && merge(inverse, inverses[0]!);
      if (merged && mergedInverse) {
        operations[operations.length - 1] = merged;
        inverses[0] = mergedInverse;
      } else {
        operations.push(operation);
        inverses.unshift(inverse);
      }
    }
  return grow(history, from, label, operations, inverses);
}

/** One operation that does what two in a row do, where there is one. */
function merge(first: Operation, second: Operation): Operation | undefined {
  if (first.kind === "setLayer" && second.kind === "setLayer")
    return first.layerId === second.layerId
      ? { ...first, change: { ...first.change, ...asked(second.change) } }
      : undefined;
  // Indices are counted without the moved layer, so the second move does not depend on the first.
  if (first.kind === "moveLayer" && second.kind === "moveLayer")
    return first.layerId === second.layerId ? second : undefined;
  return undefined;
}

/** The history with a new step after the first `at` of its line, which becomes the tip. */
function grow(
  history: History,
  at: number,
  label: string,
  operations: Operation[],
  inverses: Operation[],
): History {
  const before = history.steps.slice(0, at);
  const follows = before.at(-1)?.id ?? start;
  const id = history.nextId;
  return {
    steps: [...before, { id, follows, label, operations, inverses }],
    position: at + 1,
    nextId: id + 1,
  };
}

function applyAll(
  document: Document,
  operations: readonly Operation[],
): Document {
  let changed = document;
  for (const operation of operations)
    changed = applyOperation(changed, operation).document;
  return changed;
}

function positionOf(history: History, mark: Mark): number {
  if (mark === start) return 0;
  const index = history.steps.findIndex((step) => step.id === mark);
  if (index < 0 || index >= history.position)
    throw new Failure("invalid", `Step ${mark} is not an applied step.`);
  return index + 1;
}

/** A change without its explicit undefineds, which ask for nothing and must not hide what another change asks for. */
function asked(change: LayerChange): LayerChange {
  const entries = Object.entries(change).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries) as LayerChange;
}

function propertiesOf(change: object): string {
  return Object.keys(change).sort().join();
}

function lost(id: number): Failure {
  return new Failure("damaged", `The history lacks step ${id}.`);
}
