import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawFolder, drawing, scene } from "../support/drawn-pictures.ts";
import { runFude } from "../support/run-fude.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const fude = (...words: string[]) => runFude(words, at("library"));
const stylize = (out: string, ...words: string[]) =>
  fude("stylize", at("hill.png"), "--out", at(out), ...words);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-cli-styles-"));
  await writeFile(at("hill.png"), await scene(96, 64));
  await writeFile(at("ink.png"), await drawing(1, 220));
  await writeFile(at("letter.png"), "Dear artist,");
});
afterAll(() => rm(folder, { recursive: true }));

const names = async () => {
  const { lines } = await fude("styles");
  return (lines.at(-1)!.styles as { name: string; origin: string }[])
    .filter(({ origin }) => origin !== "bundled")
    .map(({ name }) => name);
};

test("a picture file is painted like, and no style stays behind", async () => {
  const { code, lines } = await stylize("like.png", "--style", at("ink.png"));
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({
    styles: [{ name: "ink", share: 1 }],
    failed: [],
  });
  expect(await readFile(at("like.png"))).not.toEqual(
    await readFile(at("hill.png")),
  );
  expect(await names()).toEqual([]);
});

test("styles add keeps one, under which it is found; the file then leaves it as it is", async () => {
  const { code, lines } = await fude(
    ...["styles", "add", at("ink.png"), "--name", "Quill"],
  );
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({
    style: { name: "Quill", origin: "instant" },
  });
  await stylize("named.png", "--style", "quill");
  expect(await readFile(at("named.png"))).toEqual(
    await readFile(at("like.png")),
  );
  await stylize("again.png", "--style", at("ink.png"));
  expect(await names()).toEqual(["Quill"]);
});

test("styles are mixed by their weights, at a depth", async () => {
  const { lines } = await stylize(
    "mixed.png",
    ...["--style", "Quill:1", "--style", "oil:3", "--depth", "0.7"],
  );
  expect(lines.at(-1)).toMatchObject({
    styles: [
      { name: "Quill", share: 0.25 },
      { name: "Oil", share: 0.75 },
    ],
  });
  const alone = await stylize("oil.png", "--style", "oil");
  expect(alone.code).toBe(0);
  expect(await readFile(at("mixed.png"))).not.toEqual(
    await readFile(at("oil.png")),
  );
});

test("what is no picture is named", async () => {
  const { code, lines } = await fude("styles", "add", at("letter.png"));
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatchObject({
    kind: "failure",
    code: "not-a-picture",
    message: expect.stringContaining(at("letter.png")),
  });
  expect(await names()).toEqual(["Quill"]);
});

test("a training says what it takes before it starts, and what to know of the folder", async () => {
  await drawFolder(at("drawings"), 3);
  const { lines } = await runFude(
    [
      ...["train", "--drawings", at("drawings"), "--name", "Few"],
      ...["--quality", "quick"],
    ],
    at("library"),
    ({ stage, step }, child) => {
      if (stage === "training" && step === 1) child.kill("SIGINT");
    },
  );
  const told = lines.findIndex(({ minutes }) => minutes !== undefined);
  const begun = lines.findIndex(({ stage }) => stage === "training");
  expect(lines[told]).toMatchObject({
    quality: "quick",
    minutes: { quick: expect.any(Number), fine: expect.any(Number) },
  });
  expect(told).toBeLessThan(begun);
  expect(lines[begun]).toMatchObject({ steps: 300, judged: null });
  expect(lines.map(({ advice }) => advice)).toContainEqual(
    expect.stringContaining("3 drawings"),
  );
  expect(lines.at(-1)).toMatchObject({ paused: true });
});
