import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findChromium } from "../../../electron/browser/find-chromium.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-chromium-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function program(path: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(join(full, ".."), { recursive: true });
  await writeFile(full, "");
  await chmod(full, 0o755);
  return full;
}

test.skipIf(process.platform === "win32")(
  "Chromium goes before Chrome, wherever on the path they lie",
  async () => {
    const chrome = await program("first/google-chrome");
    const environment = {
      PATH: [join(folder, "first"), join(folder, "second")].join(delimiter),
    };
    expect(await findChromium(environment, "linux")).toBe(chrome);
    const chromium = await program("second/chromium");
    expect(await findChromium(environment, "linux")).toBe(chromium);
  },
);

test("the one that the person names is taken, or none", async () => {
  const named = await program("mine");
  const environment = { FUDE_CHROMIUM: named, PATH: folder };
  expect(await findChromium(environment, "linux")).toBe(named);
  await rm(named);
  await program("chromium");
  expect(await findChromium(environment, "linux")).toBeNull();
});

test("a machine without any has none", async () => {
  expect(await findChromium({ PATH: folder }, "linux")).toBeNull();
  expect(await findChromium({ PROGRAMFILES: folder }, "win32")).toBeNull();
});

test("Windows: Edge is enough", async () => {
  const edge = await program("Microsoft/Edge/Application/msedge.exe");
  expect(await findChromium({ PROGRAMFILES: folder }, "win32")).toBe(edge);
});
