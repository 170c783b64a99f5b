import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initializeCanvas, readPsd } from "ag-psd";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Job } from "../../../common/contract/studio.ts";
import { drawFolder, drawing, scene } from "../support/drawn-pictures.ts";
import { type OnLine, runFude } from "../support/run-fude.ts";

let folder: string;
const at = (name: string) => join(folder, name);

const fude = (words: string[], onLine?: OnLine) =>
  runFude(words, at("library"), onLine);

const hashOf = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-cli-"));
  await drawFolder(at("drawings"), 6);
  await writeFile(at("drawings/notes.png"), "These are not pixels.");
  await writeFile(at("drawings/tiny.png"), await drawing(9, 12));
  await writeFile(at("drawings/twin.png"), await drawing(1));
  await writeFile(at("drawings/torn.png"), (await drawing(8)).subarray(0, 900));
  await writeFile(at("hill.png"), await scene(120, 80));
  await writeFile(at("lake.png"), await scene(90, 130));
});
afterAll(() => rm(folder, { recursive: true }));

describe("from drawings to a PSD", () => {
  test("train names what it left out and ends with the style", async () => {
    const { code, lines } = await fude([
      "train",
      "--recipe",
      "personal",
      "--drawings",
      at("drawings"),
      "--name",
      "ink",
      "--steps",
      "2",
      "--seed",
      "1",
      "--extra",
      "places=0.5",
      "--extra",
      "colour=2",
    ]);
    expect(lines.at(-1)).toMatchObject({ kind: "result", name: "ink" });
    const { training } = lines.at(-1)!.job as Job;
    const { losses } = training!.curve.at(-1)!;
    expect(losses.places).toBeGreaterThan(0);
    expect(losses.colour).toBeGreaterThan(0);
    expect(losses).not.toHaveProperty("patches");
    expect(code).toBe(0);
    const refused = lines
      .filter(({ refused }) => refused !== undefined)
      .map(({ refused, reason }) => [refused, reason]);
    expect(refused).toEqual([
      [at("drawings/notes.png"), expect.stringContaining("not a picture")],
      [at("drawings/tiny.png"), expect.stringContaining("too small")],
      [at("drawings/torn.png"), expect.stringContaining("damaged")],
      [at("drawings/twin.png"), expect.stringContaining("drawing-0.png")],
    ]);
    const steps = lines
      .filter(({ stage }) => stage === "training")
      .map(({ step }) => step);
    expect(steps).toContain(1);
  });

  test("styles lists it", async () => {
    const { code, lines } = await fude(["styles"]);
    expect(code).toBe(0);
    expect(lines.at(-1)?.styles).toContainEqual(
      expect.objectContaining({ name: "ink", origin: "trained" }),
    );
  });

  test("stylize writes a group with the picture and the styled layer over it", async () => {
    const before = await hashOf(at("hill.png"));
    const { code, lines } = await fude([
      "stylize",
      at("hill.png"),
      "--style",
      "ink",
      "--strength",
      "0.6",
      "--keep-colour",
      "0.5",
      "--brush-size",
      "1.5",
      "--size",
      "200",
      "--out",
      at("hill.psd"),
    ]);
    expect(lines.at(-1)).toMatchObject({ kind: "result", failed: [] });
    expect(code).toBe(0);
    expect(await hashOf(at("hill.png"))).toBe(before);

    initializeCanvas(
      () => {
        throw new Error("no canvas is needed");
      },
      (width, height) => ({
        width,
        height,
        data: new Uint8ClampedArray(width * height * 4),
        colorSpace: "srgb" as const,
      }),
    );
    const psd = readPsd(await readFile(at("hill.psd")), { useImageData: true });
    expect([psd.width, psd.height]).toEqual([200, 133]);
    const [group] = psd.children!;
    expect(psd.children).toHaveLength(1);
    expect(group?.name).toBe("hill in ink");
    const [picture, styled] = group!.children!;
    expect(picture).toMatchObject({ name: "hill", opacity: 1 });
    expect(picture?.mask).toBeUndefined();
    expect(styled?.name).toBe("ink");
    expect(styled?.opacity).toBeCloseTo(0.6, 2);
    expect(styled?.mask?.defaultColor).toBe(255);
    expect(styled?.imageData?.data).not.toEqual(picture?.imageData?.data);
    expect(psd.imageData?.data).toHaveLength(200 * 133 * 4);
  });

  test("pictures that fail are named, and the rest is done", async () => {
    const { code, lines } = await fude([
      "stylize",
      at("hill.png"),
      at("missing.png"),
      at("drawings/notes.png"),
      at("lake.png"),
      "--style",
      "ink",
      "--format",
      "jpg",
      "--out",
      at("made"),
    ]);
    expect(code).toBe(3);
    expect(lines.at(-1)).toMatchObject({
      done: [{ out: at("made/hill.jpg") }, { out: at("made/lake.jpg") }],
      failed: [
        { file: at("missing.png"), code: "not-found" },
        { file: at("drawings/notes.png"), code: "not-a-picture" },
      ],
    });
    const made = await sharp(at("made/lake.jpg")).metadata();
    expect([made.format, made.width, made.height]).toEqual(["jpeg", 90, 130]);
  });

  test("an input is never written over", async () => {
    const before = await hashOf(at("hill.png"));
    const { code, lines } = await fude([
      "stylize",
      at("hill.png"),
      "--style",
      "ink",
      "--out",
      at("hill.png"),
    ]);
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatchObject({ kind: "failure", code: "conflict" });
    expect(await hashOf(at("hill.png"))).toBe(before);
  });

  test("nothing of it stays in the library but the style", async () => {
    const { code, lines } = await fude([
      "export",
      "hill",
      "--out",
      at("project.png"),
    ]);
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatchObject({ kind: "failure", code: "not-found" });
  });
});

test("Ctrl-C stops a training at a checkpoint, and --resume ends it", async () => {
  const words = ["train", "--name", "slow hand"];
  const first = await fude(
    [...words, "--drawings", at("drawings"), "--steps", "4", "--seed", "1"],
    ({ stage, step }, child) => {
      if (stage === "training" && step === 1) child.kill("SIGINT");
    },
  );
  expect(first.code).toBe(130);
  expect(first.lines.at(-1)).toMatchObject({
    kind: "result",
    paused: true,
    resume: 'fude train --resume --name "slow hand"',
  });
  const second = await fude([...words, "--resume"]);
  expect(second.code).toBe(0);
  expect(second.lines.at(-1)).toMatchObject({
    kind: "result",
    name: "slow hand",
  });
  const steps = second.lines
    .filter(({ stage }) => stage === "training")
    .map(({ step }) => step as number);
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(1);
  const third = await fude([...words, "--resume"]);
  expect(third.code).toBe(1);
  expect(third.lines.at(-1)?.message).toContain("slow hand");
});

describe("what cannot be done is said in one sentence", () => {
  beforeAll(async () => {
    await mkdir(at("empty"));
    await mkdir(at("texts"));
    await writeFile(at("texts/a.png"), "no picture");
  });

  test.each([
    ["an empty folder", "empty", "invalid"],
    ["a folder without pictures", "texts", "invalid"],
    ["no folder", "nowhere", "not-found"],
    ["a file", "hill.png", "invalid"],
  ])("train on %s", async (_, name, failureCode) => {
    const { code, lines } = await fude([
      "train",
      "--name",
      "x",
      "--drawings",
      at(name),
    ]);
    expect(code).toBe(1);
    const last = lines.at(-1)!;
    expect(last).toMatchObject({ kind: "failure", code: failureCode });
    expect(last.message).toContain(at(name));
  });

  test.each([
    [["train", "--name", "x"]],
    [["train", "--name", "x", "--drawings", "d", "--recipe", "cyclegan"]],
    [["train", "--name", "x", "--drawings", "d", "--size", "huge"]],
    [["train", "--name", "x", "--drawings", "d", "--steps", "0"]],
    [["train", "--name", "x", "--drawings", "d", "--extra", "strokes=1"]],
    [["train", "--name", "x", "--drawings", "d", "--extra", "places"]],
    [["train", "--name", "x", "--drawings", "d", "--extra", "places=-1"]],
    [
      [
        "train",
        "--name",
        "x",
        "--drawings",
        "d",
        "--steps",
        "1",
        "--minutes",
        "1",
      ],
    ],
    [
      [
        "stylize",
        "a.png",
        "--style",
        "ink",
        "--out",
        "b.png",
        "--strength",
        "2",
      ],
    ],
    [["stylize", "a.png", "b.png", "--style", "ink", "--out", "c.png"]],
    [["stylize", "a.png", "--style", "ink", "--out", "d", "--format", "bmp"]],
    [["export", "hill", "--out", "hill.xyz"]],
    [["paint"]],
  ])("the command line %j is refused", async (words) => {
    const { code, lines, err } = await fude(words);
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ kind: "failure", code: "invalid" });
    expect(err).toBe("");
  });

  test("a style that is not there", async () => {
    const { code, lines } = await fude([
      "stylize",
      at("hill.png"),
      "--style",
      "chalk",
      "--out",
      at("never.png"),
    ]);
    expect(code).toBe(1);
    expect(lines.at(-1)?.message).toContain("chalk");
  });
});

test("doctor says what computes, and why", async () => {
  const { code, lines } = await fude(["doctor"]);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({
    kind: "result",
    dataFolder: at("library"),
    engine: { backend: expect.any(String), reason: expect.any(String) },
  });
});
