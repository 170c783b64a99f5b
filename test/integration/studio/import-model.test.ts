import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  jobIn,
  nextEvent,
  openTestStudio,
  startTraining,
  type TestStudio,
} from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;
let bytes: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-import-"));
  studio = await openTestStudio(folder);
  const url = new URL(
    "../../fixtures/published-networks/resnet_6blocks.pth",
    import.meta.url,
  );
  bytes = new Uint8Array(await readFile(url));
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

test("a model comes in while a training goes on, is listed with a picture, and can be deleted", async () => {
  const job = await startTraining(studio, { steps: 100_000 });
  await nextEvent(
    studio,
    "jobChanged",
    ({ id, training }) => id === job.id && (training?.step ?? 0) > 0,
  );
  const told = nextEvent(studio, "stylesChanged", () => true);
  const { style } = await studio.call("importModel", {
    fileName: "horse2zebra.pth",
    bytes,
    name: null,
  });
  const [running] = await studio.call("listJobs", {});
  expect(running).toMatchObject({ id: job.id, state: "running" });
  await studio.call("cancelJob", { jobId: job.id });
  await jobIn(studio, job.id, "cancelled");

  expect((await told)[0]).toEqual(style);
  expect(style).toMatchObject({ name: "horse2zebra", origin: "imported" });
  const picture = sharp(studio.pathOfAsset(style.thumbnail!));
  const { channels } = await picture.stats();
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(5);

  await studio.call("deleteStyle", { styleId: style.id });
  const left = await studio.call("listStyles", {});
  expect(left.map(({ id }) => id)).not.toContain(style.id);
});

test("weights that give no picture are refused, and nothing of them stays", async () => {
  const before = await studio.call("listStyles", {});
  const broken = bytes.slice();
  // The last numbers of an uncompressed file without checksums: not-a-number.
  broken.fill(0xff, broken.length - 400);
  await expect(
    studio.call("importModel", { fileName: "broken.pth", bytes: broken }),
  ).rejects.toMatchObject({
    code: "damaged",
    message: expect.stringMatching(/^broken\.pth /),
  });
  expect(await studio.call("listStyles", {})).toEqual(before);
});
