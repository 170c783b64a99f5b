import { expect, test } from "vitest";
import {
  type Document,
  identityTransform,
  type StyledLayer,
} from "../../../common/document/document.ts";
import { KnownResults } from "../../../electron/studio/known-results.ts";

const hash = (digit: string) => digit.repeat(64);
const ink = { model: "ink", brushSize: 1 };
const wash = { model: "wash", brushSize: 1 };

const styled = (change: Partial<StyledLayer>): StyledLayer => ({
  kind: "styled",
  id: "s",
  name: "s",
  visible: true,
  locked: false,
  opacity: 1,
  mask: null,
  blendMode: "normal",
  transform: identityTransform,
  source: hash("a"),
  style: ink,
  strength: 1,
  colourKeeping: 0,
  result: null,
  ...change,
});

const documentWith = (layer: StyledLayer): Document => ({
  version: 3,
  width: 10,
  height: 10,
  depth: 8,
  layers: [
    {
      kind: "group",
      id: "g",
      name: "g",
      visible: true,
      locked: false,
      opacity: 1,
      mask: null,
      blendMode: "passThrough",
      layers: [layer],
    },
  ],
});

const known = () => {
  const results = new KnownResults();
  results.add({ source: hash("a"), style: ink }, hash("1"));
  results.add({ source: hash("a"), style: wash }, hash("2"));
  return results;
};

test("a layer that lost its result by undo gets it back, in groups too", () => {
  const attached = known().attach(documentWith(styled({})));
  expect(attached).toEqual(
    documentWith(styled({ result: { asset: hash("1"), style: ink } })),
  );
});

test("a result of another style gives way to the right one", () => {
  const stale = styled({
    style: wash,
    result: { asset: hash("1"), style: ink },
  });
  expect(known().attach(documentWith(stale))).toEqual(
    documentWith({ ...stale, result: { asset: hash("2"), style: wash } }),
  );
});

test("what is not known stays as it is, and so does the document", () => {
  for (const change of [
    { source: hash("b") },
    { style: { model: "ink", brushSize: 2 } },
    { result: { asset: hash("9"), style: ink } },
  ]) {
    const document = documentWith(styled(change));
    expect(known().attach(document)).toBe(document);
  }
});
