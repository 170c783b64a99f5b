import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import { sampleSize } from "../../../common/sample-scene.ts";
import { drawing } from "../support/drawn-pictures.ts";
import { openTestStudio, type TestStudio } from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-shelf-"));
  studio = await openTestStudio(folder);
});
afterEach(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

async function create(name: string): Promise<ProjectState> {
  const { notes: _, ...project } = await studio.call("createProject", {
    name,
    bytes: new Uint8Array(await drawing(1)),
  });
  return project;
}

function setOpacity(
  project: ProjectState,
  opacity: number,
): Promise<ProjectState> {
  return studio.call("applyOperations", {
    projectId: project.id,
    revision: project.revision,
    label: `Opacity ${opacity}`,
    operations: [
      {
        kind: "setLayer",
        layerId: project.document.layers[0]!.id,
        change: { opacity },
      },
    ],
  });
}

const names = async () =>
  (await studio.call("listProjects", {})).map(({ name }) => name);
const trash = async () =>
  (await studio.call("listTrash", {})).map(({ name }) => name);

test("the one changed last comes first", async () => {
  const a = await create("a.png");
  await create("b.png");
  expect(await names()).toEqual(["b", "a"]);
  await setOpacity(a, 0.5);
  expect(await names()).toEqual(["a", "b"]);
});

test("a copy has the document and the history, and goes its own way", async () => {
  const original = await setOpacity(
    await setOpacity(await create("bridge.png"), 0.5),
    0.25,
  );
  const copy = await studio.call("duplicateProject", {
    projectId: original.id,
  });
  expect(copy.name).toBe("bridge copy");
  const opened = await studio.call("openProject", { projectId: copy.id });
  expect(opened.document).toEqual(original.document);
  expect(opened.history).toEqual(original.history);

  const undone = await studio.call("moveInHistory", {
    projectId: copy.id,
    position: 0,
  });
  expect(undone.document.layers[0]?.opacity).toBe(1);
  expect(await studio.call("openProject", { projectId: original.id })).toEqual(
    original,
  );

  const second = await studio.call("duplicateProject", { projectId: copy.id });
  const third = await studio.call("duplicateProject", { projectId: second.id });
  expect([second.name, third.name]).toEqual(["bridge copy 2", "bridge copy 3"]);
});

test("what is in the trash comes back whole, in its place by time; emptying removes only that", async () => {
  const kept = await setOpacity(await create("kept.png"), 0.5);
  const thrown = await create("thrown.png");
  await studio.call("trashProject", { projectId: kept.id });
  await studio.call("trashProject", { projectId: thrown.id });
  expect(await names()).toEqual([]);
  expect(await trash()).toEqual(["thrown", "kept"]);

  await studio.call("restoreProject", { projectId: kept.id });
  expect(await names()).toEqual(["kept"]);
  expect(await studio.call("openProject", { projectId: kept.id })).toEqual(
    kept,
  );
  await studio.call("emptyTrash", {});
  expect(await trash()).toEqual([]);
  expect(await names()).toEqual(["kept"]);
  await expect(
    studio.call("openProject", { projectId: thrown.id }),
  ).rejects.toMatchObject({ code: "not-found" });
  await expect(
    studio.call("restoreProject", { projectId: thrown.id }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("a studio that is killed with a project in the trash gives it back whole", async () => {
  const project = await setOpacity(await create("bridge.png"), 0.5);
  await studio.close();
  const script = fileURLToPath(
    new URL("../../fixtures/killed-in-trash.ts", import.meta.url),
  );
  const child = fork(script, [folder, project.id], { execArgv: [] });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);

  studio = await openTestStudio(folder);
  expect(await names()).toEqual([]);
  expect(await trash()).toEqual(["bridge"]);
  await studio.call("restoreProject", { projectId: project.id });
  expect(await studio.call("openProject", { projectId: project.id })).toEqual(
    project,
  );
});

test("the sample is a picture of ours with a style over half of it", async () => {
  const { id, document } = await studio.call("createSample", {});
  expect(document).toMatchObject(sampleSize);
  expect(document.layers).toMatchObject([
    { kind: "picture", mask: null },
    { kind: "styled", style: { model: "woodblock" }, result: null },
  ]);
  const [picture, styled] = document.layers;
  expect(styled?.kind === "styled" && styled.source).toBe(
    picture?.kind === "picture" && picture.asset,
  );
  const { bytes } = await studio.call("exportProject", {
    projectId: id,
    format: "png",
  });
  expect(bytes.length).toBeGreaterThan(100_000);
});
