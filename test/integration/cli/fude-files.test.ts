import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scene } from "../support/drawn-pictures.ts";
import { runFude } from "../support/run-fude.ts";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-cli-files-"));
  await writeFile(at("hill.png"), await scene(60, 40));
});
afterAll(() => rm(folder, { recursive: true }));

test("a project goes from library to library as a file", async () => {
  const made = await runFude(["import", at("hill.png")], at("here"));
  expect(made.code).toBe(0);
  expect(made.lines.at(-1)).toMatchObject({ kind: "result", name: "hill" });
  const out = ["export", "hill", "--out", at("hill.fude")];
  expect((await runFude(out, at("here"))).code).toBe(0);

  const taken = await runFude(["import", at("hill.fude")], at("there"));
  expect(taken.lines.at(-1)).toMatchObject({ kind: "result", name: "hill" });
  for (const library of ["here", "there"]) {
    const png = ["export", "hill", "--out", at(`${library}.png`)];
    expect((await runFude(png, at(library))).code).toBe(0);
  }
  expect(
    Buffer.compare(
      await readFile(at("here.png")),
      await readFile(at("there.png")),
    ),
  ).toBe(0);
});

test("a file that is no project says so", async () => {
  await writeFile(
    at("torn.fude"),
    (await readFile(at("hill.fude"))).subarray(0, 300),
  );
  const { code, lines } = await runFude(
    ["import", at("torn.fude")],
    at("there"),
  );
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatchObject({
    kind: "failure",
    code: "damaged",
    message: "torn.fude is damaged: it is no whole zip archive.",
  });
});
