import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Job } from "../../../common/contract/studio.ts";
import { scene } from "../support/drawn-pictures.ts";
import {
  addStyledLayer,
  jobIn,
  nextEvent,
  openTestStudio,
  resultOf,
  startTraining,
  type TestStudio,
  trainedTo,
  weightDistance,
} from "../support/test-studio.ts";

/** One studio, one engine, one style that all tests paint with. */
let folder: string;
let studio: TestStudio;
let trained: Job;
const curveSteps: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-studio-"));
  studio = await openTestStudio(folder);
  const stop = studio.on("jobChanged", ({ training }) => {
    if (training !== null) curveSteps.push(training.step);
  });
  const job = await startTraining(studio, { steps: 6 });
  trained = await jobIn(studio, job.id, "done");
  stop();
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

const open = async (width: number, height: number) =>
  studio.call("createProject", {
    name: "hill.png",
    bytes: new Uint8Array(await scene(width, height)),
  });

test("a folder of drawings becomes a style with a card and a thumbnail", async () => {
  const [style] = await studio.call("listStyles", {});
  expect(style).toMatchObject({
    id: trained.modelId,
    name: "Test ink",
    recipe: "personal",
    origin: "trained",
  });
  const thumbnail = sharp(studio.pathOfAsset(style!.thumbnail!));
  expect((await thumbnail.metadata()).format).toBe("png");
  const card = JSON.parse(
    await readFile(join(folder, "models", style!.id, "model.json"), "utf8"),
  );
  expect(card).toMatchObject({ name: "Test ink", step: 6 });
  expect(card.drawings).toHaveLength(6);
});

test("its progress was told from the first step to the last", () => {
  expect(curveSteps.at(0)).toBe(0);
  expect(curveSteps.at(-1)).toBe(6);
  expect(curveSteps).toEqual([...curveSteps].sort((a, b) => a - b));
  expect(trained.training?.curve.at(-1)?.losses.total).toBeGreaterThan(0);
  expect(trained.progress).toBe(1);
});

test("a styled layer gets its result without a step of its own, and keeps it through undo and redo", async () => {
  const before = await addStyledLayer(
    studio,
    await open(150, 100),
    trained.modelId!,
  );
  const projectId = before.id;
  const changed = nextEvent(
    studio,
    "projectChanged",
    (project) => project.id === projectId && resultOf(project) !== null,
  );
  const job = await studio.call("stylizeLayer", {
    projectId,
    layerId: "styled",
  });
  await jobIn(studio, job.id, "done");
  const after = await changed;
  expect(after.history).toEqual(before.history);
  const { asset } = resultOf(after)!;
  const picture = await sharp(studio.pathOfAsset(asset)).metadata();
  expect([picture.width, picture.height]).toEqual([150, 100]);

  const undone = await studio.call("moveInHistory", { projectId, position: 0 });
  expect(undone.document.layers).toHaveLength(1);
  const redone = await studio.call("moveInHistory", { projectId, position: 1 });
  expect(resultOf(redone)?.asset).toBe(asset);
});

test("a result that arrives does not refuse what the artist did meanwhile, but an older view is refused", async () => {
  const before = await addStyledLayer(
    studio,
    await open(120, 80),
    trained.modelId!,
  );
  const projectId = before.id;
  const job = await studio.call("stylizeLayer", {
    projectId,
    layerId: "styled",
  });
  await jobIn(studio, job.id, "done");
  const rename = (revision: number) =>
    studio.call("applyOperations", {
      projectId,
      revision,
      label: "Rename",
      operations: [
        { kind: "setLayer", layerId: "styled", change: { name: "Ink" } },
      ],
    });
  const after = await rename(before.revision);
  expect(resultOf(after)).not.toBeNull();
  await expect(rename(before.revision)).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a result for a style that the layer no longer has is dropped", async () => {
  const before = await addStyledLayer(
    studio,
    await open(640, 640),
    trained.modelId!,
  );
  const projectId = before.id;
  const job = await studio.call("stylizeLayer", {
    projectId,
    layerId: "styled",
  });
  const after = await studio.call("applyOperations", {
    projectId,
    revision: before.revision,
    label: "Larger brush",
    operations: [
      {
        kind: "setLayer",
        layerId: "styled",
        change: { style: { model: trained.modelId!, brushSize: 2 } },
      },
    ],
  });
  await jobIn(studio, job.id, "done");
  const project = await studio.call("openProject", { projectId });
  expect(project.revision).toBe(after.revision);
  expect(resultOf(project)).toBeNull();
});

describe("a picture while a training runs", () => {
  test("goes first; the training goes on and comes to the same weights", async () => {
    const training = await startTraining(studio, {
      name: "Interrupted",
      steps: 6,
    });
    await trainedTo(studio, training.id, 2);
    const waiting = jobIn(studio, training.id, "waiting");
    const project = await addStyledLayer(
      studio,
      await open(90, 90),
      trained.modelId!,
    );
    const job = await studio.call("stylizeLayer", {
      projectId: project.id,
      layerId: "styled",
    });
    await waiting;
    await jobIn(studio, job.id, "done");
    const done = await jobIn(studio, training.id, "done");
    expect(done.training?.step).toBe(6);
    expect(done.training?.curve.map(({ step }) => step)).toEqual(
      [...new Set(done.training?.curve.map(({ step }) => step))].sort(
        (a, b) => a - b,
      ),
    );
    expect(
      await weightDistance(folder, trained.modelId!, folder, done.modelId!),
    ).toBeLessThanOrEqual(1e-6);
  });
});

test("a paused training waits, can be resumed, and can be finished early", async () => {
  const { id } = await startTraining(studio, { name: "Early", steps: 1000 });
  await trainedTo(studio, id, 1);
  await studio.call("pauseJob", { jobId: id });
  const paused = await jobIn(studio, id, "paused");
  expect(paused.training!.step).toBeGreaterThanOrEqual(1);
  await studio.call("resumeJob", { jobId: id });
  await trainedTo(studio, id, paused.training!.step + 1);
  await studio.call("finishJob", { jobId: id });
  const done = await jobIn(studio, id, "done");
  expect(done.training!.step).toBeLessThan(100);
  expect(done.training!.step).toBeGreaterThan(paused.training!.step);
  await studio.call("deleteStyle", { styleId: done.modelId! });
  const styles = await studio.call("listStyles", {});
  expect(styles.map((style) => style.id)).not.toContain(done.modelId);
});

test("a cancelled training takes no further step but the one under way, and leaves nothing", async () => {
  const { id } = await startTraining(studio, { name: "Never", steps: 1000 });
  await trainedTo(studio, id, 1);
  let steps = 0;
  const stop = studio.on("jobChanged", (job) => {
    if (job.id === id && job.state === "running") steps += 1;
  });
  await studio.call("cancelJob", { jobId: id });
  stop();
  expect(steps).toBeLessThanOrEqual(2);
  expect((await jobIn(studio, id, "cancelled")).modelId).toBeNull();
  await expect(
    readFile(join(folder, "jobs", id, "checkpoint.safetensors")),
  ).rejects.toMatchObject({ code: "ENOENT" });
});

test("a style whose weights are damaged says so, by its name", async () => {
  const { id } = await startTraining(studio, { name: "Torn", steps: 1 });
  const { modelId } = await jobIn(studio, id, "done");
  const path = join(folder, "models", modelId!, "weights.safetensors");
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length / 2));
  const project = await addStyledLayer(studio, await open(70, 70), modelId!);
  const job = await studio.call("stylizeLayer", {
    projectId: project.id,
    layerId: "styled",
  });
  const { failure } = await jobIn(studio, job.id, "failed");
  expect(failure?.code).toBe("damaged");
  expect(failure?.message).toContain("Torn");
});

test("a training that cannot write its checkpoint fails with the place, and the next one works", async () => {
  await rm(join(folder, "jobs"), { recursive: true });
  await writeFile(join(folder, "jobs"), "in the way");
  const { id } = await startTraining(studio, { name: "Blocked", steps: 1000 });
  const { failure } = await jobIn(studio, id, "failed");
  expect(failure?.message).toContain(join(folder, "jobs"));
  await rm(join(folder, "jobs"));
  await studio.call("cancelJob", { jobId: id });
});

test("the whole project leaves as a PSD", async () => {
  const project = await addStyledLayer(
    studio,
    await open(60, 40),
    trained.modelId!,
  );
  const { name, bytes } = await studio.call("exportProject", {
    projectId: project.id,
    format: "psd",
  });
  expect(name).toBe("hill.psd");
  expect(Buffer.from(bytes.subarray(0, 4)).toString()).toBe("8BPS");
});
