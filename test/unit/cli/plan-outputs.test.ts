import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planOutputs } from "../../../electron/cli/plan-outputs.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-plan-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

test("one picture goes to a file of any format that Fude writes", async () => {
  for (const [name, format] of [
    ["a.png", "png"],
    ["a.JPG", "jpeg"],
    ["a.jpeg", "jpeg"],
    ["a.webp", "webp"],
    ["a.tif", "tiff"],
    ["a.psd", "psd"],
  ] as const) {
    const [errand] = await planOutputs([at("in.png")], at(name), "png");
    expect(errand).toMatchObject({
      out: at(name),
      format,
      folder,
      fault: null,
    });
  }
});

test("several pictures go to a folder, each under its own name", async () => {
  const errands = await planOutputs(
    ["x/bridge.jpg", "y/bridge.png", "y/Sea.tif"],
    at("out"),
    "psd",
  );
  expect(errands.map(({ out }) => out)).toEqual([
    at("out/bridge.psd"),
    at("out/bridge-2.psd"),
    at("out/Sea.psd"),
  ]);
});

test("a folder that is called like a file is a folder", async () => {
  await mkdir(at("out.png"));
  const [errand] = await planOutputs(["x/a.jpg"], at("out.png"), "png");
  expect(errand?.out).toBe(at("out.png/a.png"));
});

test("several pictures and one file are refused", async () => {
  await expect(planOutputs(["a.png", "b.png"], "c.png", "png")).rejects.toThrow(
    /2 pictures cannot all be written to c\.png/,
  );
});

test("an unknown format is refused", async () => {
  await expect(planOutputs(["a.png"], "out", "bmp")).rejects.toThrow(/bmp/);
});

test("no input is ever written over, by whatever path it is reached", async () => {
  await writeFile(at("a.png"), "a");
  await symlink(at("a.png"), at("link.png"));
  await symlink(folder, at("folder"));
  for (const out of ["a.png", "link.png", "folder/a.png", "./a.png"]) {
    const [errand] = await planOutputs([at("a.png")], at(out), "png");
    expect(errand?.fault?.code).toBe("conflict");
    expect(errand?.fault?.message).toContain(at("a.png"));
  }
  const [, second] = await planOutputs(
    [at("a.png"), at("c.png")],
    folder,
    "png",
  );
  expect(second?.fault?.code).toBe("conflict");
});
