import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import {
  copyFile,
  mkdir,
  mkdtemp,
  rm,
  symlink,
  truncate,
} from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A machine on which nothing is there that set-up could make use of, and nothing can be fetched. */
let home: string;
let bare: NodeJS.ProcessEnv;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "fude-set-up-"));
  bare = {
    HOME: home,
    LOCALAPPDATA: home,
    XDG_CACHE_HOME: join(home, "cache"),
    // No compiler, no pip, no browser and no apt are on an empty path.
    PATH: join(home, "bin"),
    FUDE_CHROMIUM: join(home, "no-browser"),
    FUDE_TENSORFLOW: join(home, "tensorflow"),
    TFJS_NODE_CDN_STORAGE: "http://127.0.0.1:1/",
    ELECTRON_MIRROR: "http://127.0.0.1:1/",
    SystemRoot: process.env.SystemRoot,
  };
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe("on a machine that has nothing", () => {
  test("says what is missing and what that costs, and goes on", async () => {
    const { code, said } = await setUp(bare);
    expect(code).toBe(0);
    expect(said).toMatch(/^set-up · ready: Node [\d.]+, packages/m);
    expect(said).toMatch(
      /^set-up · Native TensorFlow is not available: .+\. The engine then computes with WebAssembly: about five times slower/m,
    );
    expect(said).toMatch(
      /^set-up · No Chrome, Edge or Chromium was found.*end-to-end tests are skipped/m,
    );
    expect(readdirSync(home)).not.toContainEqual(
      expect.stringContaining("partial"),
    );
  });

  // Quick on a machine that does nothing else at the moment.
  test("does not try again what failed, and is quick the second time", {
    retry: 2,
  }, async () => {
    await setUp(bare);
    const begun = performance.now();
    const { code, said } = await setUp(bare);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(code).toBe(0);
    expect(said).not.toContain("…");
    expect(said).toContain("Native TensorFlow is not available");
  });
});

describe("a TensorFlow runtime", () => {
  const runtime =
    process.env.FUDE_TENSORFLOW ??
    join(
      process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
      "fude",
      "tensorflow",
    );
  const absent = !existsSync(join(runtime, "manifest.json"));
  if (absent)
    console.log(`Skipped: no TensorFlow runtime was set up in ${runtime}.`);

  test.skipIf(absent)("laid there by hand is tried and taken", async () => {
    const folder = await copyOf(runtime);
    await rm(join(folder, "manifest.json"));
    const { said } = await setUp(bare);
    expect(said).toMatch(/ready: .*TensorFlow [\d.]+ \((CPU|CUDA), found\)/);
    expect(existsSync(join(folder, "manifest.json"))).toBe(true);
  });

  test.skipIf(absent)("that has lost its tail is not believed", async () => {
    const folder = await copyOf(runtime);
    await truncate(join(folder, "tfjs_binding.node"), 1000);
    const { said } = await setUp(bare);
    expect(said).toContain("Native TensorFlow is not available");
  });

  /** The libraries, nearly a gigabyte, are linked in place of copied. */
  async function copyOf(source: string): Promise<string> {
    const folder = join(home, "tensorflow");
    await mkdir(folder);
    for (const name of readdirSync(source)) {
      const put = /\.(so|dylib|dll)\b/.test(name) ? symlink : copyFile;
      await put(join(source, name), join(folder, name));
    }
    return folder;
  }
});

async function setUp(
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, "scripts", "set-up.mjs")], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let printed = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  const [code] = await once(child, "close");
  expect(printed).toBe("");
  return { code, said };
}
