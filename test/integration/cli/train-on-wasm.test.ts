import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawFolder } from "../support/drawn-pictures.ts";
import { type OnLine, runFude } from "../support/run-fude.ts";

/** Everything here happens where native TensorFlow is not installed. */
const installed = process.env.FUDE_TENSORFLOW;
let folder: string;

const fude = (words: string[], onLine?: OnLine) =>
  runFude(words, join(folder, "library"), onLine);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-wasm-"));
  process.env.FUDE_TENSORFLOW = join(folder, "nothing");
  await drawFolder(join(folder, "drawings"), 5);
});
afterAll(async () => {
  if (installed === undefined) delete process.env.FUDE_TENSORFLOW;
  else process.env.FUDE_TENSORFLOW = installed;
  await rm(folder, { recursive: true });
});

test("fude doctor says that it computes with WebAssembly, and that this is slow", async () => {
  const { code, lines } = await fude(["doctor"]);
  expect(code).toBe(0);
  expect(lines.at(-1)?.engine).toMatchObject({
    backend: "wasm",
    reason: expect.stringMatching(/slower.*it is not installed/),
  });
});

test("fude train learns a style, over a pause", async () => {
  const words = ["train", "--name", "slow hand"];
  const first = await fude(
    [
      ...[...words, "--drawings", join(folder, "drawings")],
      // More than fit between the signal and the pause.
      ...["--steps", "8", "--seed", "1"],
    ],
    ({ stage, step }, child) => {
      if (stage === "training" && step === 1) child.kill("SIGINT");
    },
  );
  expect(first.lines.at(-1)).toMatchObject({ kind: "result", paused: true });
  expect(first.code).toBe(130);
  const second = await fude([...words, "--resume"]);
  expect(second.lines.at(-1)).toMatchObject({
    kind: "result",
    name: "slow hand",
    job: { state: "done", training: { step: 8 } },
  });
  expect(second.code).toBe(0);
}, 600_000);
