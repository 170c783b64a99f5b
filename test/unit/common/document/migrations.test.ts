import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  documentVersion,
  type GroupLayer,
  maximumDepth,
} from "../../../../common/document/document.ts";
import {
  migrate,
  parseDocument,
} from "../../../../common/document/migrations.ts";
import { Failure } from "../../../../common/failure.ts";
import { documentOf, group, picture } from "./random-documents.ts";

const folder = new URL("../../../fixtures/document/", import.meta.url);
const sample = (version: number): unknown =>
  JSON.parse(readFileSync(new URL(`v${version}.json`, folder), "utf8"));
const versions = Array.from(
  { length: documentVersion },
  (_, index) => index + 1,
);

function failureOf(data: unknown): Failure {
  try {
    parseDocument(data);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("The document was not refused.");
}

test("there is a sample of every version, and no other", () => {
  expect(readdirSync(folder).sort()).toEqual(
    versions.map((version) => `v${version}.json`).sort(),
  );
});

test.each(versions)("version %i opens, with all that is in it", (version) => {
  const document = parseDocument(sample(version));
  expect(document).toMatchObject({
    version: documentVersion,
    width: 640,
    height: 480,
    depth: 16,
    layers: [
      { name: "harbour.jpg", kind: "picture", locked: true },
      {
        name: "Hokusai",
        kind: "group",
        blendMode: "passThrough",
        opacity: 0.8,
        layers: [
          {
            kind: "styled",
            blendMode: "luminosity",
            strength: 0.9,
            colourKeeping: 0.25,
            mask: { x: -12, y: 30, outside: 0, enabled: true },
            transform: { x: 12.5, scaleY: -0.5, rotation: 15 },
            result: { style: { model: "hokusai", brushSize: 1 } },
          },
          { name: "Empty", visible: false, blendMode: "hardMix", layers: [] },
          { name: "Not made yet", result: null },
        ],
      },
    ],
  });
});

test("a mix of styles, since version 2, comes with its shares", () => {
  const [, group] = parseDocument(sample(2)).layers;
  const [styled] = (group as GroupLayer).layers;
  expect(styled).toMatchObject({
    style: {
      model: "hokusai",
      mix: [
        { model: "instant-0123456789abcdef", share: 0.3 },
        { model: "engraving", share: 0.25 },
      ],
    },
  });
});

test("a style that a mask confines, since version 3, comes with what it was made with", () => {
  const [, group] = parseDocument(sample(3)).layers;
  const [styled] = (group as GroupLayer).layers;
  expect(styled).toMatchObject({
    style: { confined: true },
    result: { confinement: { mask: { x: -12 }, transform: { rotation: 15 } } },
  });
});

test("a shear and the transform of a mask, since version 3, come as they are", () => {
  const [, group] = parseDocument(sample(3)).layers;
  const [styled] = (group as GroupLayer).layers;
  expect(styled).toMatchObject({
    transform: { rotation: 15, shear: 0.25 },
    mask: { x: -12, transform: { x: 4.5, scaleX: 1.5, rotation: -90 } },
  });
});

test("a document of today comes through as it is", () => {
  const today = sample(documentVersion);
  expect(parseDocument(today)).toEqual(today);
});

describe("the way through the versions", () => {
  const steps = [
    (older: object) => ({ ...older, version: 2, colour: "red" }),
    (older: object) => ({ ...older, version: 3, was: older }),
  ];

  test("takes each document through the migrations after its own version", () => {
    expect(migrate({ version: 1 }, steps)).toEqual({
      version: 3,
      colour: "red",
      was: { version: 2, colour: "red" },
    });
    expect(migrate({ version: 2 }, steps)).toEqual({
      version: 3,
      was: { version: 2 },
    });
    const newest = { version: 3 };
    expect(migrate(newest, steps)).toBe(newest);
  });

  test("ends at the last version", () => {
    expect(() => migrate({ version: 4 }, steps)).toThrow(
      expect.objectContaining({ code: "unsupported" }),
    );
  });
});

describe("refused", () => {
  test("a later version, with the way out", () => {
    const failure = failureOf({
      ...(sample(documentVersion) as object),
      version: documentVersion + 1,
    });
    expect(failure.code).toBe("unsupported");
    expect(failure.message).toContain(`version ${documentVersion + 1}`);
    expect(failure.hint).toMatch(/newer Fude/);
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["text", "document"],
    ["a list", []],
    ["an object without a version", { width: 1 }],
    ["version 0", { ...documentOf([]), version: 0 }],
    ["half a version", { ...documentOf([]), version: 0.5 }],
    ["a version in text", { ...documentOf([]), version: "1" }],
    ["no width", { ...documentOf([]), width: undefined }],
    ["width 0", { ...documentOf([]), width: 0 }],
    ["width of NaN", { ...documentOf([]), width: Number.NaN }],
    ["an unknown property", { ...documentOf([]), colour: "red" }],
    ["an unknown kind of layer", documentOf([{ kind: "text" } as never])],
    [
      "opacity above 1",
      documentOf([group("g", [picture("p", { opacity: 1.5 })])]),
    ],
    [
      "a path in place of a hash",
      documentOf([picture("p", { asset: "../../etc/passwd" })]),
    ],
    ["one id twice", documentOf([picture("p"), group("g", [picture("p")])])],
  ])("%s", (_, data) => {
    expect(failureOf(data).code).toBe("damaged");
  });

  test("nesting without end, before it fills the stack", () => {
    let layer: object = picture("p");
    for (let depth = 0; depth < 100_000; depth++)
      layer = { ...group("g", []), layers: [layer] };
    const failure = failureOf({ ...documentOf([]), layers: [layer] });
    expect(failure.code).toBe("damaged");
    expect(failure.message).toContain(`more than ${maximumDepth} deep`);
  });
});
