import { fork } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scene } from "../support/drawn-pictures.ts";
import {
  addStyledLayer,
  jobIn,
  nextEvent,
  openTestStudio,
  resultOf,
  startTraining,
  trainedTo,
  weightDistance,
} from "../support/test-studio.ts";

const steps = 5;

let root: string;
/** The library of a training that nothing disturbed, and its style. */
let calm: { folder: string; modelId: string };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "fude-recovery-"));
  const folder = join(root, "calm");
  const studio = await openTestStudio(folder);
  const { id } = await startTraining(studio, { steps });
  calm = { folder, modelId: (await jobIn(studio, id, "done")).modelId! };
  await studio.close();
});
afterAll(() => rm(root, { recursive: true }));

const checkpointOf = (folder: string, jobId: string) =>
  join(folder, "jobs", jobId, "checkpoint.safetensors");

test("a training whose engine is killed goes on from its checkpoint to the same weights", async () => {
  const folder = join(root, "engine-killed");
  const studio = await openTestStudio(folder);
  try {
    const lost = nextEvent(
      studio,
      "engineChanged",
      ({ state }) => state === "lost",
    );
    const { id } = await startTraining(studio, { steps });
    await trainedTo(studio, id, 3);
    expect((await stat(checkpointOf(folder, id))).size).toBeGreaterThan(1000);
    process.kill(studio.engines.at(-1)!, "SIGKILL");
    await lost;
    const done = await jobIn(studio, id, "done");
    expect(studio.engines).toHaveLength(2);
    expect(done.training?.step).toBe(steps);
    expect(
      await weightDistance(calm.folder, calm.modelId, folder, done.modelId!),
    ).toBeLessThanOrEqual(1e-6);
  } finally {
    await studio.close();
  }
  expect(await readdir(join(folder, "jobs"))).toEqual([]);
});

test("a picture whose engine is killed is made anew", async () => {
  const studio = await openTestStudio(calm.folder);
  try {
    const project = await addStyledLayer(
      studio,
      await studio.call("createProject", {
        name: "large.png",
        bytes: new Uint8Array(await scene(900, 900)),
      }),
      calm.modelId,
    );
    const begun = nextEvent(
      studio,
      "jobChanged",
      ({ kind, state, progress }) =>
        kind === "stylize" && state === "running" && progress !== null,
    );
    const job = await studio.call("stylizeLayer", {
      projectId: project.id,
      layerId: "styled",
    });
    await begun;
    process.kill(studio.engines.at(-1)!, "SIGKILL");
    await jobIn(studio, job.id, "done");
    expect(studio.engines).toHaveLength(2);
    const after = await studio.call("openProject", { projectId: project.id });
    expect(resultOf(after)).not.toBeNull();
  } finally {
    await studio.close();
  }
});

test("a job over which the engine dies again and again fails with a sentence", async () => {
  const studio = await openTestStudio(calm.folder);
  try {
    const project = await addStyledLayer(
      studio,
      await studio.call("createProject", {
        name: "deadly.png",
        bytes: new Uint8Array(await scene(500, 500)),
      }),
      calm.modelId,
    );
    studio.on("engineChanged", ({ state }) => {
      if (state === "ready") process.kill(studio.engines.at(-1)!, "SIGKILL");
    });
    const job = await studio.call("stylizeLayer", {
      projectId: project.id,
      layerId: "styled",
    });
    const { failure } = await jobIn(studio, job.id, "failed");
    expect(studio.engines).toHaveLength(3);
    expect(failure?.code).toBe("engine-lost");
    expect(failure?.message).toContain("SIGKILL");
  } finally {
    await studio.close();
  }
});

test("a studio that is killed in mid-training goes on when it is opened again, to the same weights", async () => {
  const folder = join(root, "studio-killed");
  const script = fileURLToPath(
    new URL("../../fixtures/killed-studio.ts", import.meta.url),
  );
  const child = fork(script, [folder, String(steps)], { execArgv: [] });
  const engine = await new Promise<number>((resolve) => {
    child.on(
      "message",
      ({ step, engines }: { step?: number; engines: number[] }) => {
        if ((step ?? 0) >= 3) resolve(engines.at(-1)!);
      },
    );
  });
  const gone = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGKILL");
  await gone;

  const studio = await openTestStudio(folder);
  try {
    const [job] = await studio.call("listJobs", {});
    const done = await jobIn(studio, job!.id, "done");
    expect(done.training?.step).toBe(steps);
    expect(
      await weightDistance(calm.folder, calm.modelId, folder, done.modelId!),
    ).toBeLessThanOrEqual(1e-6);
    // The old engine has noticed that its studio is gone, and left.
    expect(() => process.kill(engine, 0)).toThrow();
  } finally {
    await studio.close();
  }
});

test("a studio that is closed in mid-training goes on by itself when it is opened again", async () => {
  const folder = join(root, "closed");
  const first = await openTestStudio(folder);
  const { id } = await startTraining(first, { steps });
  await trainedTo(first, id, 2);
  await first.close();
  expect((await stat(checkpointOf(folder, id))).size).toBeGreaterThan(1000);

  const second = await openTestStudio(folder);
  try {
    const done = await jobIn(second, id, "done");
    expect(
      await weightDistance(calm.folder, calm.modelId, folder, done.modelId!),
    ).toBeLessThanOrEqual(1e-6);
  } finally {
    await second.close();
  }
});

test("a library is open in one studio at a time", async () => {
  const folder = join(root, "twice");
  const first = await openTestStudio(folder);
  await expect(openTestStudio(folder)).rejects.toMatchObject({
    code: "conflict",
  });
  await first.close();
  await (await openTestStudio(folder)).close();
});
