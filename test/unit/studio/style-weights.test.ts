import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Context } from "../../../electron/studio/context.ts";
import {
  type Library,
  openLibrary,
} from "../../../electron/studio/library/library.ts";
import type { Model } from "../../../electron/studio/library/models.ts";
import { requireMixable } from "../../../electron/studio/style-weights.ts";

let folder: string;
let library: Library;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fude-mixable-"));
  library = openLibrary(folder);
  put("oil", "bundled", { training: { trained: "vector" } });
  put("comic", "bundled", {});
  put("night", "instant", {});
  put("flat-cel", "bundled", { training: { trained: "vector and generator" } });
  put("ink", "trained", {});
  put("mosaic", "imported", {});
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true });
});

function put(id: string, origin: Model["origin"], card: Model["card"]): void {
  library.models.put({
    id,
    name: `The ${id}`,
    recipe: "personal",
    card,
    origin,
    thumbnail: null,
    createdAt: 1,
  });
}

const mix = (model: string, ...others: string[]) =>
  requireMixable({ library } as Context, {
    model,
    brushSize: 1,
    ...(others.length > 0 && {
      mix: others.map((model) => ({ model, share: 0.2 })),
    }),
  });

test("styles of the base model's generator are mixed with one another", () => {
  expect(() => mix("oil", "comic", "night")).not.toThrow();
});

test.each(["flat-cel", "ink", "mosaic"])(
  "%s has a generator of its own: it is refused in a mix by its name, and not alone",
  (id) => {
    const refusal = expect.objectContaining({
      code: "unsupported",
      message: expect.stringContaining(
        `“The ${id}” has a generator of its own`,
      ),
    });
    expect(() => mix(id, "oil")).toThrow(refusal);
    expect(() => mix("oil", "night", id)).toThrow(refusal);
    expect(() => mix(id)).not.toThrow();
  },
);

test("a style that is gone is said to be", () => {
  expect(() => mix("oil", "chalk")).toThrow("There is no style chalk");
});
