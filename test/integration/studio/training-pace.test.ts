import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawing } from "../support/drawn-pictures.ts";
import {
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
  expect(await studio.call("listJobs", {})).toEqual([]);
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
