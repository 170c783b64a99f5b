import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import {
  currentOf,
  emptyHistory,
  openHistory,
  record,
  tipOf,
} from "../../../common/document/history.ts";
import { Failure } from "../../../common/failure.ts";
import type { JobRecord } from "../../../electron/studio/library/jobs.ts";
import {
  type Library,
  openLibrary,
} from "../../../electron/studio/library/library.ts";
import {
  migrate,
  readMigrations,
} from "../../../electron/studio/library/migrate.ts";
import type { Project } from "../../../electron/studio/library/projects.ts";
import { documentOf, pictureLayer } from "./drawn-document.ts";

let folder: string;
let library: Library | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-library-"));
});
afterEach(async () => {
  library?.close();
  library = undefined;
  await rm(folder, { recursive: true });
});

/** Opens the library that the test works with; an open one is closed first, as by a restart. */
function reopen(): Library {
  library?.close();
  library = undefined;
  library = openLibrary(folder);
  return library;
}

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

const hash = "ab".repeat(32);
const project: Project = {
  id: "p1",
  name: "Bridge",
  document: documentOf([pictureLayer("bridge.jpg", hash)]),
  revision: 3,
  tip: 0,
  current: 0,
  thumbnail: null,
  createdAt: 1000,
  updatedAt: 2000,
};

test("a project comes back after a restart as it was", () => {
  reopen().projects.insert(project);
  expect(reopen().projects.get("p1")).toEqual(project);
  const changed = { ...project, name: "Bridge II", revision: 4, tip: 1 };
  library!.projects.update(changed);
  expect(reopen().projects.get("p1")).toEqual(changed);
});

test("projects are listed without their documents, the last changed first", () => {
  const { projects } = reopen();
  projects.insert(project);
  projects.insert({ ...project, id: "p2", updatedAt: 9000 });
  const list = projects.list();
  expect(list.map(({ id }) => id)).toEqual(["p2", "p1"]);
  expect(list[0]).not.toHaveProperty("document");
});

test("of what goes within a moment, the one that went last comes first", () => {
  const { projects } = reopen();
  // In an order that is not that of their names, which would tell nothing.
  const ids = ["p2", "p3", "p1"];
  for (const id of ids) projects.insert({ ...project, id });
  const latest = [...ids].reverse();
  expect(projects.list().map(({ id }) => id)).toEqual(latest);
  for (const id of ids) projects.setTrashed(id, 9000);
  expect(projects.listTrash().map(({ id }) => id)).toEqual(latest);
  projects.setTrashed("p3", null);
  expect(projects.list().map(({ id }) => id)).toEqual(["p3"]);
});

test("a history comes back with what was undone and what was put aside", () => {
  const { projects, operations } = reopen();
  projects.insert(project);
  const rename = (name: string) =>
    ({
      kind: "setLayer",
      layerId: "bridge.jpg",
      change: { name },
    }) as const;
  let past = { history: emptyHistory, document: project.document };
  for (const name of ["a", "b"]) {
    past = record(past, name, [rename(name)]);
    operations.insert("p1", past.history.steps.at(-1)!);
  }
  const aside = { ...past, history: { ...past.history, position: 1 } };
  past = record(aside, "c", [rename("c")]);
  operations.insert("p1", past.history.steps.at(-1)!);

  const stored = reopen().operations.list("p1");
  expect(stored.map(({ label }) => label)).toEqual(["a", "b", "c"]);
  const { history } = past;
  expect(openHistory(stored, tipOf(history), currentOf(history))).toEqual(
    history,
  );
});

test("a deleted project takes its history along and leaves its jobs", () => {
  const { projects, operations, jobs } = reopen();
  projects.insert(project);
  const past = record(
    { history: emptyHistory, document: project.document },
    "away",
    [{ kind: "removeLayer", layerId: "bridge.jpg" }],
  );
  operations.insert("p1", past.history.steps[0]!);
  jobs.put({ ...job, projectId: "p1" });
  projects.delete("p1");
  expect(operations.list("p1")).toEqual([]);
  expect(jobs.get("j1").projectId).toBeNull();
  expect(failureOf(() => projects.get("p1")).code).toBe("not-found");
  expect(failureOf(() => projects.delete("p1")).code).toBe("not-found");
});

test("a transaction is all or nothing", () => {
  const { projects, transaction } = reopen();
  expect(() =>
    transaction(() => {
      projects.insert(project);
      throw new Error("half way");
    }),
  ).toThrow("half way");
  expect(reopen().projects.list()).toEqual([]);
});

const job: JobRecord = {
  id: "j1",
  kind: "train",
  title: "hokusai",
  state: "waiting",
  priority: 0,
  payload: { drawings: [hash] },
  progress: 0.25,
  failure: null,
  projectId: null,
  layerId: null,
  modelId: null,
  training: {
    step: 10,
    steps: 40,
    stepsPerSecond: 1.5,
    judged: { last: { score: 2 }, best: { score: 1 }, bestStep: 5 },
    advice: ["One drawing only."],
    curve: [{ step: 10, losses: { total: 0.5 }, score: 2 }],
    samples: [{ step: 10, asset: hash }],
  },
  checkpoint: "j1.safetensors",
  attempts: 1,
  createdAt: 5,
  updatedAt: 6,
};

test("jobs come back whole, in the queue's order", () => {
  const { jobs } = reopen();
  jobs.put(job);
  jobs.put({ ...job, id: "j2", createdAt: 9 });
  jobs.put({ ...job, id: "j3", priority: 5, createdAt: 10 });
  jobs.put({
    ...job,
    id: "j4",
    state: "failed",
    training: null,
    failure: { code: "disk-full", message: "The disk is full" },
  });
  const again = reopen().jobs;
  expect(again.get("j1")).toEqual(job);
  expect(again.inState("waiting").map(({ id }) => id)).toEqual([
    "j3",
    "j1",
    "j2",
  ]);
  expect(again.get("j4").failure?.code).toBe("disk-full");
});

test("models, presets, assets and settings come back whole", () => {
  const { models, presets, assets, settings } = reopen();
  const model = {
    id: "hokusai",
    name: "Hokusai",
    recipe: "personal",
    card: { licence: "CC0", steps: 100 },
    origin: "trained",
    thumbnail: hash,
    createdAt: 7,
  } as const;
  const preset = {
    id: "soft",
    name: "Soft Hokusai",
    modelId: "hokusai",
    parameters: { brushSize: 2, strength: 0.5, colourKeeping: 0.25 },
    thumbnail: null,
    tags: ["ink", "浮世絵"],
    source: "trained here",
    licence: "CC0",
  };
  const asset = {
    hash,
    width: 4,
    height: 3,
    depth: 16,
    alpha: true,
    bytes: 99,
    profile: "cd".repeat(32),
    createdAt: 8,
  } as const;
  models.put(model);
  presets.put(preset);
  assets.insert(asset);
  assets.insert({ ...asset, createdAt: 9 });
  settings.set("device", { backend: "wasm" });
  const again = reopen();
  expect(again.models.list()).toEqual([model]);
  expect(again.presets.list()).toEqual([preset]);
  expect(again.assets.get(hash)).toEqual(asset);
  const device = z.object({ backend: z.string() });
  expect(again.settings.get("device", device)).toEqual({ backend: "wasm" });
  expect(again.settings.get("device", z.number())).toBeUndefined();
  expect(again.settings.get("nothing", device)).toBeUndefined();
  again.models.delete("hokusai");
  expect(again.presets.list()).toEqual([]);
});

test("a second process is turned away, and comes in once the first is killed", async () => {
  const path = join(
    import.meta.dirname,
    "../../../electron/studio/library/library.ts",
  );
  const first = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `import { openLibrary } from ${JSON.stringify(path)};
     // Held: a library that nobody refers to is closed when the garbage is collected.
     globalThis.library = openLibrary(${JSON.stringify(folder)});
     console.log("open");
     process.stdin.resume();`,
  ]);
  await once(first.stdout, "data");
  const failure = failureOf(() => reopen());
  expect(failure.code).toBe("conflict");
  expect(failure.message).toContain(folder);
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(reopen().projects.list()).toEqual([]);
});

test("a library of a newer Fude is left alone", () => {
  reopen();
  library!.close();
  library = undefined;
  const database = new Database(join(folder, "library.db"));
  database.pragma("user_version = 999");
  database.close();
  const failure = failureOf(() => reopen());
  expect(failure.code).toBe("unsupported");
  expect(failure.message).toMatch(/newer Fude.*library\.db.*999/);
});

test("a damaged library is named", async () => {
  await writeFile(join(folder, "library.db"), "no database at all".repeat(99));
  expect(failureOf(() => reopen())).toMatchObject({
    code: "damaged",
    subject: join(folder, "library.db"),
  });
  await rm(join(folder, "library.db"));

  reopen().projects.insert(project);
  library!.close();
  library = undefined;
  const file = await open(join(folder, "library.db"), "r+");
  await file.write(Buffer.alloc(4096, 0x5a), 0, 4096, 4096);
  await file.close();
  expect(failureOf(() => reopen()).code).toBe("damaged");
});

test("a record that no longer fits its schema is a failure, not a crash", () => {
  reopen().jobs.put(job);
  library!.close();
  library = undefined;
  const database = new Database(join(folder, "library.db"));
  database.exec("update jobs set state = 'dancing'");
  database.close();
  expect(failureOf(() => reopen().jobs.list()).code).toBe("damaged");
});

test("a migration keeps a copy of what was there, and a failing one changes nothing", async () => {
  const path = join(folder, "old.db");
  const backups = join(folder, "backups");
  const database = new Database(path);
  const first = {
    number: 1,
    sql: "create table a (x text) strict; insert into a values ('kept')",
  };
  migrate(database, [first], { path, backups });
  expect(await readdir(folder)).not.toContain("backups");

  const bad = { number: 2, sql: "alter table a add y text; select nonsense" };
  expect(() => migrate(database, [first, bad], { path, backups })).toThrow(
    /nonsense/,
  );
  expect(database.pragma("user_version", { simple: true })).toBe(1);
  expect(database.prepare("select * from a").all()).toEqual([{ x: "kept" }]);

  const good = { number: 2, sql: "alter table a add y text" };
  migrate(database, [first, good], { path, backups });
  expect(database.prepare("select * from a").all()).toEqual([
    { x: "kept", y: null },
  ]);
  database.close();
  expect(await readdir(backups)).toEqual(["library-v1.db"]);
  const copy = new Database(join(backups, "library-v1.db"), {
    readonly: true,
  });
  expect(copy.prepare("select * from a").all()).toEqual([{ x: "kept" }]);
  copy.close();
});

test("what a style painted gets its source's profile where the source was noted in its place", () => {
  const path = join(folder, "library.db");
  const database = new Database(path);
  const migrations = readMigrations(
    fileURLToPath(
      new URL("../../../electron/studio/library/migrations", import.meta.url),
    ),
  );
  const earlier = migrations.filter(({ number }) => number < 5);
  migrate(database, earlier, { path, backups: join(folder, "backups") });
  const [wide, photo, painted, plain, drawn, again] = [..."abcdef"].map(
    (digit) => digit.repeat(64),
  );
  const insert = database.prepare(
    "insert into assets (hash, width, height, depth, alpha, bytes, profile, created_at) values (?, 1, 1, 8, 0, 9, ?, 7)",
  );
  insert.run(photo, wide);
  insert.run(painted, photo);
  insert.run(plain, null);
  insert.run(drawn, plain);
  insert.run(again, painted);
  database.close();

  const { assets } = reopen();
  expect(assets.get(photo!).profile).toBe(wide);
  expect(assets.get(painted!).profile).toBe(wide);
  expect(assets.get(plain!).profile).toBeNull();
  expect(assets.get(drawn!).profile).toBeNull();
  expect([wide, null]).toContain(assets.get(again!).profile);
});

test("a library of before imported models keeps its styles and presets, and takes them", () => {
  const path = join(folder, "library.db");
  const database = new Database(path);
  const migrations = fileURLToPath(
    new URL("../../../electron/studio/library/migrations", import.meta.url),
  );
  const [first] = readMigrations(migrations);
  migrate(database, [first!], { path, backups: join(folder, "backups") });
  database.exec(`
    insert into models values ('ink', 'Ink', 'personal', '{}', 'trained', null, 7);
    insert into presets values ('soft', 'Soft', 'ink', '{"brushSize":1,"strength":1,"colourKeeping":0}', null, '[]', '', '')`);
  database.close();

  const { models, presets } = reopen();
  const ink = models.get("ink");
  expect(ink).toMatchObject({ name: "Ink", origin: "trained", createdAt: 7 });
  models.put({ ...ink, id: "monet", origin: "imported" });
  expect(models.get("monet").origin).toBe("imported");
  expect(presets.list()).toHaveLength(1);
  models.delete("ink");
  expect(presets.list()).toEqual([]);
});
