import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StyleParameters } from "../../../common/document/document.ts";
import { readSafetensors } from "../../../native-models/weights/safetensors.ts";
import { drawing, scene } from "../support/drawn-pictures.ts";
import {
  addStyledLayer,
  jobIn,
  openTestStudio,
  resultOf,
  startTraining,
  type TestStudio,
  trainedTo,
} from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;
let ink: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-instant-"));
  studio = await openTestStudio(folder);
  ink = new Uint8Array(await drawing(1, 220));
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

const make = (files: Record<string, Uint8Array<ArrayBuffer>>, name?: string) =>
  studio.call("styleFromPictures", {
    pictures: Object.entries(files).map(([file, bytes]) => ({
      name: file,
      bytes,
    })),
    ...(name === undefined ? {} : { name }),
  });
const cardOf = async (id: string) =>
  JSON.parse(await readFile(join(folder, "models", id, "model.json"), "utf8"));
const instant = async () =>
  (await studio.call("listStyles", {})).filter(
    ({ origin }) => origin === "instant",
  );

async function paint(
  model: string,
  mix?: StyleParameters["mix"],
): Promise<Buffer> {
  let project = await addStyledLayer(
    studio,
    await studio.call("createProject", {
      name: "hill.png",
      bytes: new Uint8Array(await scene(120, 80)),
    }),
    model,
  );
  if (mix !== undefined)
    project = await studio.call("applyOperations", {
      projectId: project.id,
      revision: project.revision,
      label: "Mix",
      operations: [
        {
          kind: "setLayer",
          layerId: "styled",
          change: { style: { model, brushSize: 1, mix } },
        },
      ],
    });
  const job = await studio.call("stylizeLayer", {
    projectId: project.id,
    layerId: "styled",
  });
  await jobIn(studio, job.id, "done");
  const { id: projectId } = project;
  const { asset } = resultOf(await studio.call("openProject", { projectId }))!;
  return sharp(studio.pathOfAsset(asset)).raw().toBuffer();
}

test("a picture is a style with its thumbnail, and a card that says where it comes from", async () => {
  const style = await make({ "sketches/ink.png": ink });
  expect(style).toMatchObject({
    name: "ink",
    recipe: "instant",
    origin: "instant",
    credit: "From ink.png",
    licence: expect.stringContaining("unknown"),
  });
  expect(
    (await sharp(studio.pathOfAsset(style.thumbnail!)).metadata()).format,
  ).toBe("png");
  expect(await cardOf(style.id)).toMatchObject({
    pictures: [
      {
        name: "ink.png",
        sha256: createHash("sha256").update(ink).digest("hex"),
      },
    ],
  });
  const weights = readSafetensors(
    await readFile(join(folder, "models", style.id, "weights.safetensors")),
  );
  expect([...weights.tensors.keys()]).toEqual(["style.vector"]);
  const painted = await paint(style.id);
  expect(painted.equals(await paint("woodblock"))).toBe(false);
});

test("the same pictures are the same style; a name given later is taken", async () => {
  const other = new Uint8Array(await drawing(2, 220));
  const one = await make({ "a.png": ink, "b.png": other }, "Both");
  const again = await make({ "b.png": other, "a.png": ink });
  expect(again).toEqual(one);
  const renamed = await make({ "a.png": ink, "b.png": other }, "Ours");
  expect(renamed).toMatchObject({ id: one.id, name: "Ours" });
  expect(await instant()).toHaveLength(2);
});

test("a file that is no good is refused by its name, and nothing is kept", async () => {
  const before = await instant();
  const letter = new TextEncoder().encode("Dear artist,");
  await expect(
    make({ "ink.png": ink, "letter.png": letter }),
  ).rejects.toMatchObject({
    code: "not-a-picture",
    message: expect.stringContaining("letter.png"),
  });
  expect(await instant()).toEqual(before);
});

test("one of another base model is made anew from its pictures before it is painted with", async () => {
  const style = await make({ "ink.png": ink });
  const before = await paint(style.id);
  const place = join(folder, "models", style.id);
  const { base } = await cardOf(style.id);
  await studio.close();
  // As an older Fude would have left it: another base, and a vector that means nothing to this one.
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(join(folder, "library.db"));
  database
    .prepare(
      "update models set card = json_set(card, '$.base', 'older') where id = ?",
    )
    .run(style.id);
  database.prepare("delete from jobs").run();
  database.close();
  await writeFile(join(place, "weights.safetensors"), "older");
  studio = await openTestStudio(folder);
  expect((await paint(style.id)).equals(before)).toBe(true);
  expect((await cardOf(style.id)).base).toBe(base);
});

test("a training that runs does not hold it up", async () => {
  const { id } = await startTraining(studio, { steps: 1000 });
  await trainedTo(studio, id, 1);
  await make({ "later.png": new Uint8Array(await drawing(3, 220)) });
  const [job] = await studio.call("listJobs", {});
  expect(job).toMatchObject({ id, state: "running" });
  await studio.call("cancelJob", { jobId: id });
});

test("it is mixed with a bundled style, and the mix lies between both", async () => {
  const style = await make({ "ink.png": ink });
  const [alone, other, mixed] = [
    await paint(style.id),
    await paint("oil"),
    await paint(style.id, [{ model: "oil", share: 0.5 }]),
  ];
  const apart = difference(alone, other);
  expect(difference(mixed, alone)).toBeLessThan(apart);
  expect(difference(mixed, other)).toBeLessThan(apart);
  expect(difference(mixed, alone)).toBeGreaterThan(0.1 * apart);
});

test("a style that was trained cannot be mixed, and says so by its name", async () => {
  const { id } = await startTraining(studio, { name: "My ink", steps: 1 });
  const { modelId } = await jobIn(studio, id, "done");
  const refusal = {
    code: "unsupported",
    message: expect.stringContaining("“My ink” has a generator of its own"),
  };
  await expect(
    paint(modelId!, [{ model: "oil", share: 0.5 }]),
  ).rejects.toMatchObject(refusal);
  await expect(
    paint("oil", [{ model: modelId!, share: 0.5 }]),
  ).rejects.toMatchObject(refusal);
});

test("it leaves as a file that carries its generator, and can be removed", async () => {
  const style = await make({ "ink.png": ink });
  const { bytes } = await studio.call("exportModel", { styleId: style.id });
  const names = [...readSafetensors(bytes).tensors.keys()];
  expect(names).toContain("style.vector");
  expect(names.some((name) => name.startsWith("generator."))).toBe(true);
  await studio.call("deleteStyle", { styleId: style.id });
  expect((await instant()).map(({ id }) => id)).not.toContain(style.id);
});

function difference(a: Buffer, b: Buffer): number {
  return a.reduce((sum, x, i) => sum + Math.abs(x - b[i]!), 0) / a.length;
}
