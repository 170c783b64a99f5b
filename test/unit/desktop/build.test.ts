import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDesktop } from "../../../electron/desktop/build.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-bundle-"));
  await buildDesktop(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test("preload is one script that asks for nothing but Electron", async () => {
  const script = await readFile(join(folder, "preload.cjs"), "utf8");
  const asked = [...script.matchAll(/\brequire\("([^"]+)"\)/g)].map(
    ([, name]) => name,
  );
  expect(asked).toEqual(["electron/renderer"]);
  expect(script).not.toMatch(/^\s*(import|export)\b/m);
  expect(script).toContain('exposeInMainWorld("fude"');
});

test("main and engine are modules without TypeScript beside them", async () => {
  for (const name of ["main.mjs", "engine.mjs"]) {
    const script = await readFile(join(folder, name), "utf8");
    const asked = [...script.matchAll(/^import .*from "([^"]+)";$/gm)].map(
      ([, from]) => from ?? "",
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((from) => from.startsWith("."))).toEqual([]);
  }
  expect(await readdir(join(folder, "migrations"))).toContainEqual(
    expect.stringMatching(/^001-.*\.sql$/),
  );
});

test("only the engine knows TensorFlow.js, only the main process Electron", async () => {
  const main = await readFile(join(folder, "main.mjs"), "utf8");
  const engine = await readFile(join(folder, "engine.mjs"), "utf8");
  expect(main).not.toMatch(/["']@tensorflow\//);
  expect(engine).toMatch(/["']@tensorflow\//);
  expect(engine).not.toMatch(/from "electron/);
  expect(engine).not.toMatch(/["']better-sqlite3["']/);
});
