import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import { openTestStudio, type TestStudio } from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;
let project: ProjectState;

const flat = async (width: number, height: number, background: string) =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  );

/** Green, 40 × 30, and over it at (10, 5) a faded, hidden red of 8 × 6. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-copying-"));
  studio = await openTestStudio(folder);
  const { notes: _, ...opened } = await studio.call("createProject", {
    name: "green.png",
    bytes: await flat(40, 30, "#00ff00"),
  });
  const { hash } = await studio.call("importPicture", {
    name: "red.png",
    bytes: await flat(8, 6, "#ff0000"),
  });
  const [green] = opened.document.layers;
  if (green?.kind !== "picture") throw new Error("no picture");
  project = await studio.call("applyOperations", {
    projectId: opened.id,
    revision: opened.revision,
    label: "Add red",
    operations: [
      {
        kind: "addLayer",
        at: { parent: null, index: 1 },
        layer: {
          ...green,
          id: "red",
          asset: hash,
          visible: false,
          opacity: 0.5,
          transform: { ...green.transform, x: 10, y: 5 },
        },
      },
    ],
  });
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

async function copied(
  layerIds: string[] | null,
  within: { x: number; y: number; width: number; height: number } | null,
) {
  const mask =
    within &&
    (await studio.call("storeMask", {
      width: within.width,
      height: within.height,
      samples: new Uint8Array(within.width * within.height).fill(255),
    }));
  const { png, x, y } = await studio.call("copyPixels", {
    projectId: project.id,
    layerIds,
    within:
      mask && within
        ? {
            asset: mask.hash,
            x: within.x,
            y: within.y,
            outside: 0,
            enabled: true,
          }
        : null,
  });
  const { data, info } = await sharp(png)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    x,
    y,
    width: info.width,
    height: info.height,
    first: [...data.subarray(0, 4)],
  };
}

test("a layer is copied alone and whole, as large as it is, with its place", async () => {
  expect(await copied(["red"], null)).toEqual({
    x: 10,
    y: 5,
    width: 8,
    height: 6,
    first: [255, 0, 0, 255],
  });
});

test("all is copied as it is seen, and keeps its size", async () => {
  expect(await copied(null, null)).toEqual({
    x: 0,
    y: 0,
    width: 40,
    height: 30,
    first: [0, 255, 0, 255],
  });
});

test("of what is chosen, that", async () => {
  const within = { x: 12, y: 0, width: 20, height: 7 };
  expect(await copied(["red"], within)).toEqual({
    x: 12,
    y: 5,
    width: 6,
    height: 2,
    first: [255, 0, 0, 255],
  });
  expect(await copied(null, within)).toMatchObject(within);
});

test("where nothing is to be seen there is nothing to copy", async () => {
  await expect(
    copied(["red"], { x: 30, y: 20, width: 4, height: 4 }),
  ).rejects.toMatchObject({
    code: "invalid",
    message: "There is nothing to be seen there to copy.",
  });
});

test("pictures that the library lacks are named", async () => {
  const lacking = "f".repeat(64);
  const [green] = project.document.layers;
  const here = green?.kind === "picture" ? green.asset : "";
  expect(
    await studio.call("missingAssets", { assets: [here, lacking] }),
  ).toEqual([lacking]);
});
