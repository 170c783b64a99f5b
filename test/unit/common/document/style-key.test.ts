import { describe, expect, test } from "vitest";
import {
  type StyleParameters,
  styleParametersSchema,
} from "../../../../common/document/document.ts";
import { styleKey } from "../../../../common/document/style-key.ts";

const ink: StyleParameters = { model: "ink", brushSize: 1 };
const mixed = (...mix: [string, number][]): StyleParameters => ({
  ...ink,
  mix: mix.map(([model, share]) => ({ model, share })),
});

test("styles have one key when they look the same", () => {
  const key = styleKey(mixed(["oil", 0.3], ["comic", 0.2]));
  expect(styleKey(mixed(["comic", 0.2], ["oil", 0.3]))).toBe(key);
  for (const other of [
    ink,
    mixed(["oil", 0.2], ["comic", 0.3]),
    mixed(["oil", 0.3]),
    { ...mixed(["oil", 0.3], ["comic", 0.2]), brushSize: 2 },
    { ...mixed(["oil", 0.3], ["comic", 0.2]), depth: 0.5 },
    { ...mixed(["oil", 0.3], ["comic", 0.2]), model: "oil" },
  ])
    expect(styleKey(other)).not.toBe(key);
  expect(styleKey({ ...ink, depth: 1 })).toBe(styleKey(ink));
});

describe("a mix", () => {
  test.each([
    [
      "leaves something of the first style",
      mixed(["oil", 0.5], ["comic", 0.5]),
    ],
    ["has no empty share", mixed(["oil", 0])],
    [
      "is of four styles at most",
      mixed(["a", 0.1], ["b", 0.1], ["c", 0.1], ["d", 0.1]),
    ],
    ["is not empty", { ...ink, mix: [] }],
  ])("%s", (_, style) => {
    expect(styleParametersSchema.safeParse(style).success).toBe(false);
  });

  test("of four is taken", () => {
    const four = mixed(["a", 0.3], ["b", 0.3], ["c", 0.3]);
    expect(styleParametersSchema.parse(four)).toEqual(four);
  });
});
