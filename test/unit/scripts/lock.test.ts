import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../../scripts/set-up/lock.mjs";

let folder: string;
let path: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-lock-"));
  path = join(folder, "some.lock");
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("is gone when the work is done, and when it fails", async () => {
  const seen = await withLock(
    path,
    () => {},
    async () => existsSync(path),
  );
  expect(seen).toBe(true);
  expect(existsSync(path)).toBe(false);
  const failing = withLock(
    path,
    () => {},
    async () => {
      throw new Error("no luck");
    },
  );
  await expect(failing).rejects.toThrow("no luck");
  expect(existsSync(path)).toBe(false);
});

test("lets one at a time work, in whatever order they come", async () => {
  const events: string[] = [];
  const work = (name: string) =>
    withLock(
      path,
      () => {},
      async () => {
        events.push(`${name} begins`);
        await new Promise(setImmediate);
        events.push(`${name} ends`);
      },
    );
  await Promise.all([work("a"), work("b"), work("c")]);
  const pairs = [0, 2, 4].map((at) => events.slice(at, at + 2));
  for (const [begin, end] of pairs)
    expect(end).toBe(begin?.replace("begins", "ends"));
});

test("waits for another process, and takes over when that one is killed", async () => {
  const module = fileURLToPath(
    new URL("../../../scripts/set-up/lock.mjs", import.meta.url),
  );
  const holder = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { withLock } from ${JSON.stringify(module)};
       await withLock(${JSON.stringify(path)}, () => {}, () => new Promise(() => console.log("held")));`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  children.push(holder);
  await once(holder.stdout, "data");
  expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(holder.pid);

  let waited = 0;
  const done = withLock(
    path,
    () => {
      waited++;
      holder.kill("SIGKILL");
    },
    async () => JSON.parse(readFileSync(path, "utf8")).pid,
  );
  expect(await done).toBe(process.pid);
  expect(waited).toBe(1);
});

test("takes over a lock of another machine that nobody touches any more", async () => {
  await writeFile(path, JSON.stringify({ pid: 1, host: `not-${hostname()}` }));
  const longAgo = new Date(Date.now() - 10 * 60_000);
  await utimes(path, longAgo, longAgo);
  const taken = await withLock(
    path,
    () => {},
    async () => "mine",
  );
  expect(taken).toBe("mine");
});
