import { describe, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import type { Operation } from "../../../common/document/operation.ts";
import { historyReach } from "../../../renderer/state/edits.ts";
import {
  openedProject,
  withNews,
  withStep,
} from "../../../renderer/state/reconcile.ts";
import { documentOf, hash, picture, styled } from "./documents.ts";

const confirmed: ProjectState = {
  id: "p",
  name: "p",
  revision: 7,
  document: documentOf(picture("photo"), styled("style", { result: null })),
  history: {
    entries: [
      { id: 1, label: "one" },
      { id: 2, label: "two" },
    ],
    position: 1,
  },
};

const fade: Operation = {
  kind: "setLayer",
  layerId: "style",
  change: { opacity: 0.5 },
};
const step = { label: "Opacity 50 %", operations: [fade] };

test("a step shows before the studio knows of it", () => {
  const project = withStep(openedProject(confirmed), step);
  expect(project.document.layers[1]?.opacity).toBe(0.5);
  expect(project.confirmed.document.layers[1]?.opacity).toBe(1);
  expect(project.pending).toEqual([step]);
});

describe("news", () => {
  const result = {
    asset: hash("b"),
    style: { model: "woodblock", brushSize: 1 },
  };
  const withResult: ProjectState = {
    ...confirmed,
    revision: 8,
    document: documentOf(picture("photo"), styled("style", { result })),
  };

  test("of a result keeps the step that the hand has just made", () => {
    const project = withNews(
      withStep(openedProject(confirmed), step),
      withResult,
      0,
    );
    expect(project.document.layers[1]).toMatchObject({ opacity: 0.5, result });
    expect(project.pending).toEqual([step]);
  });

  test("that answers a step takes it off the list", () => {
    const answered = { ...withResult, revision: 9 };
    const project = withNews(
      withStep(openedProject(confirmed), step),
      answered,
      1,
    );
    expect(project.pending).toEqual([]);
    expect(project.document).toEqual(answered.document);
  });

  test("that is older than what is known changes nothing", () => {
    const now = openedProject(withResult);
    expect(withNews(now, confirmed, 0).document).toEqual(withResult.document);
  });

  test("of a deleted layer drops the steps that it takes with it", () => {
    const without = {
      ...confirmed,
      revision: 8,
      document: documentOf(picture("photo")),
    };
    const project = withNews(
      withStep(openedProject(confirmed), step),
      without,
      0,
    );
    expect(project.pending).toEqual([]);
    expect(project.document.layers.map((layer) => layer.id)).toEqual(["photo"]);
  });
});

test("a step made after an undo takes the place of what could be redone", () => {
  const before = openedProject(confirmed);
  expect(historyReach(before)).toEqual({ position: 1, length: 2 });
  expect(historyReach(withStep(before, step))).toEqual({
    position: 2,
    length: 2,
  });
});
