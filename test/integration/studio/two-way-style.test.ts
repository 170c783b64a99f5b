import { mkdtemp, readFile, rm } from "node:fs/promises";
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

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-two-ways-"));
  studio = await openTestStudio(folder);
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

async function dataset(pictures: readonly Buffer[]): Promise<string> {
  const { id } = await studio.call("createDataset", {});
  for (const [index, bytes] of pictures.entries())
    await studio.call("addToDataset", {
      datasetId: id,
      name: `${index}.png`,
      bytes: new Uint8Array(bytes),
    });
  return id;
}

const cyclegan = {
  name: "Prints",
  recipe: "cyclegan",
  size: "lite",
  minutes: null,
  steps: 1,
  seed: 3,
} as const;

test("a CycleGAN gives two styles, and both paint", async () => {
  const drawings = await dataset([await drawing(1), await drawing(2)]);
  const photos = await dataset([await scene(120, 100), await scene(100, 130)]);
  const { id } = await studio.call("startTraining", {
    ...cyclegan,
    drawings,
    photos,
  });
  const { modelId } = await jobIn(studio, id, "done");
  const styles = await studio.call("listStyles", {});
  const own = styles.filter(({ origin }) => origin === "trained");
  expect(own.map(({ name, recipe }) => [name, recipe])).toEqual([
    ["Prints", "cyclegan"],
    ["Prints (back to photographs)", "cyclegan"],
  ]);
  expect(own[0]!.id).toBe(modelId);
  for (const style of own) {
    const card = await readFile(
      join(folder, "models", style.id, "model.json"),
      "utf8",
    );
    expect(JSON.parse(card)).toMatchObject({ name: style.name, step: 1 });
    const project = await studio.call("createProject", {
      name: "hill.png",
      bytes: new Uint8Array(await scene(80, 60)),
    });
    await addStyledLayer(studio, project, style.id);
    const job = await studio.call("stylizeLayer", {
      projectId: project.id,
      layerId: "styled",
    });
    await jobIn(studio, job.id, "done");
  }
});

test("a CycleGAN without photographs is refused at once", async () => {
  const drawings = await dataset([await drawing(1)]);
  await expect(
    studio.call("startTraining", { ...cyclegan, drawings, photos: null }),
  ).rejects.toThrow(/needs photographs/);
});
