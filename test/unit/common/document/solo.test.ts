import { expect, test } from "vitest";
import type { Document } from "../../../../common/document/document.ts";
import { applyOperation } from "../../../../common/document/operations.ts";
import { showOnly } from "../../../../common/document/solo.ts";
import { walkLayers } from "../../../../common/document/tree.ts";
import { documentOf, group, picture } from "./random-documents.ts";

const scene = documentOf([
  picture("sky"),
  group(
    "figures",
    [picture("hero"), group("crowd", [picture("extra"), picture("other")])],
    { visible: false },
  ),
  picture("ink", { visible: false }),
]);

const solo = (document: Document, ...ids: string[]) =>
  showOnly(document, ids).reduce(
    (changed, operation) => applyOperation(changed, operation).document,
    document,
  );

const visible = (document: Document) =>
  [...walkLayers(document.layers)]
    .filter(({ layer }) => layer.visible)
    .map(({ layer }) => layer.id);

test("only one layer shows, and the groups that it is in", () => {
  expect(visible(solo(scene, "extra"))).toEqual(["figures", "crowd", "extra"]);
  expect(visible(solo(scene, "ink"))).toEqual([
    "hero",
    "crowd",
    "extra",
    "other",
    "ink",
  ]);
});

test("what is in a group shows with it as it did", () => {
  expect(visible(solo(scene, "figures"))).toEqual([
    "figures",
    "hero",
    "crowd",
    "extra",
    "other",
  ]);
});

test("several can show", () => {
  expect(visible(solo(scene, "sky", "hero"))).toEqual([
    "sky",
    "figures",
    "hero",
    "extra",
    "other",
  ]);
});

test("asks for nothing where it is so", () => {
  expect(showOnly(solo(scene, "extra"), ["extra"])).toEqual([]);
});
