import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import { drawing } from "../support/drawn-pictures.ts";
import { openTestStudio, type TestStudio } from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-earlier-"));
  studio = await openTestStudio(folder);
});
afterEach(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

const bytesOf = async (seed: number) => new Uint8Array(await drawing(seed));

function rename(project: ProjectState, name: string): Promise<ProjectState> {
  return studio.call("applyOperations", {
    projectId: project.id,
    revision: project.revision,
    label: `Call it ${name}`,
    operations: [
      {
        kind: "setLayer",
        layerId: project.document.layers[0]!.id,
        change: { name },
      },
    ],
  });
}

test("earlier steps can be looked at, and the project stays where it is", async () => {
  const { notes: _, ...opened } = await studio.call("createProject", {
    name: "one.png",
    bytes: await bytesOf(1),
  });
  const first = await rename(opened, "a");
  const second = await rename(first, "b");
  const projectId = second.id;

  const earlier = await studio.call("listEarlier", { projectId });
  expect(earlier).toEqual([
    { step: first.history.entries[0]!.id, label: "Call it a" },
    { step: 0, label: "Opened" },
  ]);
  expect(
    await studio.call("documentAfter", { projectId, step: earlier[0]!.step }),
  ).toEqual(first.document);
  expect(await studio.call("documentAfter", { projectId, step: 0 })).toEqual(
    opened.document,
  );
  expect(await studio.call("openProject", { projectId })).toEqual(second);
  await expect(
    studio.call("documentAfter", { projectId, step: 77 }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("a step whose picture is gone is not offered", async () => {
  const { notes: _, ...opened } = await studio.call("createProject", {
    name: "one.png",
    bytes: await bytesOf(1),
  });
  const other = await studio.call("importPicture", {
    name: "two.png",
    bytes: await bytesOf(2),
  });
  const projectId = opened.id;
  const [layer] = opened.document.layers;
  if (layer?.kind !== "picture") throw new Error("no picture");
  const added = await studio.call("applyOperations", {
    projectId,
    revision: opened.revision,
    label: "Add two",
    operations: [
      {
        kind: "addLayer",
        layer: { ...layer, id: "two", asset: other.hash },
        at: { parent: null, index: 1 },
      },
    ],
  });
  await studio.call("applyOperations", {
    projectId,
    revision: added.revision,
    label: "Delete two",
    operations: [{ kind: "removeLayer", layerId: "two" }],
  });
  const labels = async () =>
    (await studio.call("listEarlier", { projectId })).map(({ label }) => label);
  expect(await labels()).toEqual(["Add two", "Opened"]);
  await rm(studio.pathOfAsset(other.hash));
  expect(await labels()).toEqual(["Opened"]);
});
