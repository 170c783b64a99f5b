import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawing, scene } from "../support/drawn-pictures.ts";
import {
  addStyledLayer,
  jobIn,
  openTestStudio,
  type TestStudio,
} from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;
let pictures: { drawings: string; photos: null };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-pace-"));
  studio = await openTestStudio(folder);
  const { id } = await studio.call("createDataset", {});
  for (let seed = 1; seed <= 5; seed += 1)
    await studio.call("addToDataset", {
      datasetId: id,
      name: `${seed}.png`,
      bytes: new Uint8Array(await drawing(seed)),
    });
  pictures = { drawings: id, photos: null };
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

test("measuring makes room for whoever wants the engine", async () => {
  const project = await addStyledLayer(
    studio,
    await studio.call("createProject", {
      name: "hill.png",
      bytes: new Uint8Array(await scene(96, 64)),
    }),
    "woodblock",
  );
  const estimate = studio.call("estimateTraining", pictures);
  // The measurement has begun once the engine runs; from then on it lasts for seconds.
  await studio.startEngine();
  const job = await studio.call("stylizeLayer", {
    projectId: project.id,
    layerId: "styled",
  });
  expect((await jobIn(studio, job.id, "done")).state).toBe("done");
  expect((await estimate).minutes).toBeNull();
});

test("minutes come from real steps, asked for twice they are measured once, and then they are known", async () => {
  const [one, two] = await Promise.all([
    studio.call("estimateTraining", pictures),
    studio.call("estimateTraining", pictures),
  ]);
  const { quick, good, fine } = one.minutes!;
  expect(quick).toBeGreaterThan(0);
  // Ten times the steps take ten times as long, but for what goes before the first.
  expect((fine! - quick!) / (good! - quick!)).toBeCloseTo(3, 5);
  expect(two).toEqual(one);
  expect(await studio.call("estimateTraining", pictures)).toEqual(one);
  expect(await studio.call("listJobs", {})).toHaveLength(1);
});

test("while a training runs there is no estimate but the known one", async () => {
  const job = await studio.call("startTraining", {
    name: "Quick one",
    ...pictures,
    quality: "quick",
    minutes: null,
    steps: null,
  });
  expect(job.training?.steps).toBe(300);
  expect(
    (await studio.call("estimateTraining", pictures)).minutes,
  ).not.toBeNull();
  await studio.call("cancelJob", { jobId: job.id });
  await jobIn(studio, job.id, "cancelled");
});
