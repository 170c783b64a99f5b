import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawFolder, scene } from "./support/drawn-pictures.ts";

const script = fileURLToPath(
  new URL("../../scripts/evaluate.ts", import.meta.url),
);

let folder: string;
let drawings: string;
let photos: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-evaluate-"));
  drawings = join(folder, "drawings");
  photos = join(folder, "photos");
  await drawFolder(drawings, 10);
  await mkdir(photos);
  await writeFile(join(photos, "a.png"), await scene(120, 80));
  await writeFile(join(photos, "b.png"), await scene(80, 96));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command where there is no data folder. */
async function evaluate(...args: string[]) {
  const child = spawn(
    process.execPath,
    [script, "--data", join(folder, "none"), "--side", "64", ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: child.exitCode, out, err };
}

/** Gives back the drawing, whatever the photograph. */
async function copyingPeer(): Promise<string> {
  const file = join(folder, "copier.mjs");
  await writeFile(
    file,
    'import { copyFileSync } from "node:fs";\nconst [, , style, out] = process.argv;\ncopyFileSync(style, out);\n',
  );
  return `${process.execPath} ${file} {style} {out} {content}`;
}

test("puts the instant style beside baselines and a peer", async () => {
  const { code, out, err } = await evaluate(
    "--photos",
    photos,
    "--drawings",
    drawings,
    "--peer",
    await copyingPeer(),
  );
  expect(err).toContain("The instant style on 2 pairs");
  expect(code).toBe(0);
  const { summary, properties, entries } = JSON.parse(out);
  const of = (name: string) =>
    summary.find(({ candidate }: { candidate: string }) => candidate === name)
      .mean;
  expect(entries).toHaveLength(10);
  expect(of("photo").structure).toBeCloseTo(1, 5);
  expect(of("photo").content.classical).toBeCloseTo(0, 5);
  expect(of("copy").style.classical).toBeLessThan(of("photo").style.classical);
  // What the peer did is what the baseline did.
  expect(of("copier").style.classical).toBeCloseTo(
    of("copy").style.classical,
    5,
  );
  expect(of("colours").style.classical).toBeLessThan(
    of("photo").style.classical,
  );
  expect(properties.identity.mean).toBeGreaterThan(5);
  expect(properties.mixing.distances).toHaveLength(5);
});

test("puts a bundled style beside the instant one and writes a contact sheet", async () => {
  const out = join(folder, "out");
  const {
    code,
    err,
    out: printed,
  } = await evaluate(
    "--photos",
    photos,
    "--drawings",
    drawings,
    "--style",
    "woodblock",
    "--out",
    out,
  );
  expect(err).toContain("Instant and personal under classical");
  expect(code).toBe(0);
  expect(printed).toBe("");
  const { styles } = JSON.parse(
    await readFile(join(out, "report.json"), "utf8"),
  );
  expect(styles[0]).toMatchObject({
    style: "Woodblock",
    photos: 2,
    heldOut: 2,
  });
  expect(styles[0].memorisation).toBeGreaterThan(0);
  const sheet = await sharp(join(out, "1-woodblock.png")).metadata();
  // Four columns: original, style, instant, personal.
  expect(sheet.width).toBeGreaterThan(4 * 384);
  expect(sheet.height).toBeGreaterThan(2 * 288);
});

// Nine programs are started one after the other.
test("says what is wrong with a folder, a style, a peer and a word", async () => {
  const empty = join(folder, "empty");
  await mkdir(empty);
  const few = join(folder, "few");
  await drawFolder(few, 4);
  const missing = join(folder, "missing");
  const idle = join(folder, "idle.mjs");
  await writeFile(idle, "setInterval(() => {}, 1000);\n");
  for (const [args, sentence] of [
    [["--photos", photos, "--drawings", missing], `${missing} does not exist.`],
    [["--photos", photos, "--drawings", empty], `${empty} holds no pictures.`],
    [["--photos", photos, "--drawings", few], `${few} holds 4 pictures`],
    [
      ["--photos", photos, "--drawings", drawings, "--style", "nobody"],
      "no style “nobody”",
    ],
    [
      ["--photos", photos, "--drawings", drawings, "--peer", "true {out}"],
      "does not use {content}",
    ],
    [
      [
        "--photos",
        photos,
        "--drawings",
        drawings,
        "--peer",
        "false {content} {style} {out}",
      ],
      "ended with code 1",
    ],
    [
      [
        "--photos",
        photos,
        "--drawings",
        drawings,
        "--peer-seconds",
        "1",
        "--peer",
        `${process.execPath} ${idle} {content} {style} {out}`,
      ],
      "took more than 1 s",
    ],
    [["--pairs", "none"], "--pairs takes a whole number"],
    [["everything"], "nothing to do for “everything”"],
  ] as const) {
    const { code, out, err } = await evaluate(...args);
    expect(err).toContain(sentence);
    expect(out).toBe("");
    expect(code).toBe(1);
  }
}, 300_000);

test("copies the part of a folder that may be trained on", async () => {
  const out = join(folder, "training");
  const { code } = await evaluate("split", drawings, out);
  expect(code).toBe(0);
  expect(await readdir(out)).toHaveLength(8);
  expect(existsSync(join(out, "drawing-4.png"))).toBe(false);
});
