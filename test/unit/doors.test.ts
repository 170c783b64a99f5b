import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/**
 * The doors between the rooms, kept by biome: each forbidden import is planted in a house of its own, under the very
 * configuration of this one.
 */

const root = fileURLToPath(new URL("../../", import.meta.url));

const forbidden = [
  ["common", "../native-models/engine.ts"],
  ["common", "../electron/studio/studio.ts"],
  ["common", "../renderer/main.tsx"],
  ["common/document", "../../renderer/main.tsx"],
  ["common", "node:fs"],
  ["common", "@tensorflow/tfjs-core"],
  ["native-models", "../electron/studio/studio.ts"],
  ["native-models/networks", "../../renderer/main.tsx"],
  ["native-models", "electron"],
  ["native-models", "better-sqlite3"],
  ["renderer", "../electron/studio/studio.ts"],
  ["renderer/panels", "../../native-models/engine.ts"],
  ["renderer", "node:path"],
  ["renderer", "@tensorflow/tfjs-core"],
  ["renderer", "better-sqlite3"],
  ["electron/studio", "electron"],
  ["electron/studio", "../desktop/main.ts"],
  ["electron/studio", "../browser/main.ts"],
  ["electron/studio", "../cli/main.ts"],
  ["electron/studio", "../../renderer/main.tsx"],
  ["electron/studio", "../../native-models/engine.ts"],
  ["electron/studio/engine", "../../../native-models/engine.ts"],
  ["electron/studio/library", "../../../native-models/engine.ts"],
  ["electron/studio/library", "@tensorflow/tfjs-core"],
  ["electron/studio/assets", "better-sqlite3"],
  ["electron/browser", "electron"],
  ["electron/browser", "better-sqlite3"],
  ["electron/cli", "../../native-models/engine.ts"],
  ["electron/cli", "../desktop/main.ts"],
  ["electron/desktop", "../../native-models/engine.ts"],
  ["electron/desktop", "../../renderer/main.tsx"],
] as const;

const allowed = [
  ["electron/studio/engine/entry.ts", "../../../native-models/engine.ts"],
  ["electron/studio/library/library.ts", "better-sqlite3"],
  ["electron/desktop/main.ts", "electron"],
  ["electron/browser/main.ts", "../studio/studio.ts"],
  ["native-models/engine.ts", "@tensorflow/tfjs-core"],
  ["renderer/main.tsx", "../common/failure.ts"],
] as const;

const forms = {
  import: (from: string) => `import { a } from "${from}";\nconsole.log(a);\n`,
  "type import": (from: string) =>
    `import type { A } from "${from}";\nexport type B = A;\n`,
  "dynamic import": (from: string) => `console.log(await import("${from}"));\n`,
  "export from": (from: string) => `export { a } from "${from}";\n`,
};
type Form = keyof typeof forms;

let house: string;
let findings: Map<string, Set<string>>;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "fude-doors-"));
  for (const name of ["biome.json", ".gitignore"])
    await cp(join(root, name), join(house, name));
  for (const [index, [room, from]] of forbidden.entries())
    for (const form of Object.keys(forms) as Form[])
      await plant(fileOf(room, index, form), forms[form](from));
  for (const [path, from] of allowed) await plant(path, forms.import(from));
  await plant("common/chicken.ts", circular("egg"));
  await plant("common/egg.ts", circular("chicken"));
  findings = await lint();
});

afterAll(() => rm(house, { recursive: true, force: true }));

describe.each(forbidden)("%s may not have %s", (room, from) => {
  const index = forbidden.findIndex(
    (entry) => entry[0] === room && entry[1] === from,
  );
  test.each(Object.keys(forms) as Form[])("by %s", (form) => {
    expect(findings.get(fileOf(room, index, form))).toContain(
      "lint/style/noRestrictedImports",
    );
  });
});

test.each(allowed)("%s may import %s", (path) => {
  expect(findings.get(path) ?? new Set()).not.toContain(
    "lint/style/noRestrictedImports",
  );
});

test("a circular import is refused", () => {
  expect(findings.get("common/chicken.ts")).toContain(
    "lint/suspicious/noImportCycles",
  );
});

function fileOf(room: string, index: number, form: Form): string {
  return `${room}/planted-${index}-${form.replace(" ", "-")}.ts`;
}

function circular(other: string): string {
  return `import { ${other} } from "./${other}.ts";\nexport const ${other === "egg" ? "chicken" : "egg"} = () => ${other};\n`;
}

async function plant(path: string, source: string): Promise<void> {
  const target = join(house, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, source);
}

/** @returns the names of the rules that each file breaks */
async function lint(): Promise<Map<string, Set<string>>> {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."],
      { cwd: house, maxBuffer: 2 ** 26 },
      (_error, stdout) => resolve(stdout),
    );
  });
  const report = JSON.parse(output) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  const found = new Map<string, Set<string>>();
  for (const { category, location } of report.diagnostics) {
    const rules = found.get(location.path) ?? new Set();
    found.set(location.path, rules.add(category));
  }
  return found;
}
