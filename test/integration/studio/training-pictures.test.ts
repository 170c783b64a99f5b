import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dataset } from "../../../common/contract/studio.ts";
import { drawing, scene } from "../support/drawn-pictures.ts";
import {
  jobIn,
  openTestStudio,
  type TestStudio,
} from "../support/test-studio.ts";

/** What becomes of an artist's folder, on the real studio; trainings take one real step. */
let folder: string;
let studio: TestStudio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-pictures-"));
  studio = await openTestStudio(folder);
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

type Files = Record<string, Uint8Array>;

async function gather(files: Files): Promise<Dataset> {
  const { id: datasetId } = await studio.call("createDataset", {});
  let dataset: Dataset | undefined;
  for (const [name, bytes] of Object.entries(files))
    dataset = await studio.call("addToDataset", {
      datasetId,
      name,
      bytes: new Uint8Array(bytes),
    });
  return dataset!;
}

/** The stored picture that a training sees, by the file's name. */
function seen(dataset: Dataset, name: string) {
  const picture = dataset.accepted.find((each) => each.name === name);
  return sharp(studio.pathOfAsset(picture!.asset));
}

const start = (drawings: Dataset, photos: Dataset | null = null) =>
  studio.call("startTraining", {
    name: "Manners",
    drawings: drawings.id,
    photos: photos?.id ?? null,
    minutes: null,
    steps: 1,
    seed: 1,
  });

const blank = (background: string) =>
  sharp({ create: { width: 300, height: 200, channels: 3, background } });

test("tiny drawings are enlarged to a crop and say so, and below 16 pixels they are refused", async () => {
  const dataset = await gather({
    "small.png": await drawing(1, 30),
    "speck.png": await drawing(2, 15),
    "plain.png": await drawing(3, 200),
  });
  expect(dataset.accepted).toMatchObject([
    { name: "small.png", note: "enlarged from 30 × 30 pixels" },
    { name: "plain.png", note: null },
  ]);
  expect(await seen(dataset, "small.png").metadata()).toMatchObject({
    width: 160,
    height: 160,
    channels: 3,
  });
  expect(dataset.refused).toEqual([
    {
      name: "speck.png",
      reason: expect.stringMatching(/speck\.png is too small .* 15 × 15 .* 16/),
    },
  ]);
  const job = await start(dataset);
  await jobIn(studio, job.id, "done");
});

test("a drawing of 20,000 pixels is reduced while it is decoded", async () => {
  const tile = await drawing(4, 1000);
  const huge = await sharp({
    create: { width: 20_000, height: 2000, channels: 3, background: "#fff" },
  })
    .composite([{ input: tile, tile: true }])
    .jpeg()
    .toBuffer();
  const dataset = await gather({ "scroll.jpg": huge });
  expect(dataset.refused).toEqual([]);
  const { width, height } = await seen(dataset, "scroll.jpg").metadata();
  expect(width / height).toBeCloseTo(10, 1);
  expect(width * height).toBeLessThanOrEqual(384 * 1024 * 1.01);
  expect(height).toBeGreaterThanOrEqual(160);
});

test("grey, 16-bit, turned and transparent drawings all become RGB over white", async () => {
  const ink = await drawing(5, 200);
  const dataset = await gather({
    "grey.png": await sharp(ink).toColourspace("b-w").png().toBuffer(),
    "deep.png": await sharp(ink).toColourspace("rgb16").png().toBuffer(),
    "turned.jpg": await sharp(await scene(300, 200))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
    "clear.png": await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><circle cx="100" cy="100" r="60" fill="#123"/></svg>',
      ),
    )
      .png()
      .toBuffer(),
  });
  expect(dataset.refused).toEqual([]);
  expect(dataset.accepted.map(({ note }) => note)).toEqual([
    null,
    null,
    null,
    "laid over white",
  ]);
  for (const { name } of dataset.accepted)
    expect(await seen(dataset, name).metadata()).toMatchObject({
      channels: 3,
      depth: "uchar",
      hasAlpha: false,
    });
  expect(await seen(dataset, "turned.jpg").metadata()).toMatchObject({
    width: 200,
    height: 300,
  });
  const corner = await seen(dataset, "clear.png")
    .extract({ left: 0, top: 0, width: 1, height: 1 })
    .raw()
    .toBuffer();
  expect([...corner]).toEqual([255, 255, 255]);
  // Of the deep one the tones are those of the plain one.
  const [deep] = (await seen(dataset, "deep.png").stats()).channels;
  const [plain] = (await sharp(ink).stats()).channels;
  expect(deep!.mean).toBeCloseTo(plain!.mean, 0);
});

test("one torn file among good ones is named, and the training starts with the rest", async () => {
  const dataset = await gather({
    "a.png": await drawing(6),
    "torn.png": (await drawing(7)).subarray(0, 700),
    "b.png": await drawing(8),
  });
  expect(dataset.refused).toEqual([
    {
      name: "torn.png",
      reason: expect.stringContaining("torn.png is damaged"),
    },
  ]);
  const job = await start(dataset);
  expect(job.training?.advice).toEqual([expect.stringContaining("2 drawings")]);
  expect((await jobIn(studio, job.id, "done")).training?.step).toBe(1);
});

test("of twins one is left, which is trained on with a word about it", async () => {
  const twin = await drawing(9);
  const dataset = await gather({ "1.png": twin, "2.png": twin, "3.png": twin });
  expect(dataset.accepted.map(({ name }) => name)).toEqual(["1.png"]);
  expect(dataset.refused.map(({ reason }) => reason)).toEqual([
    "2.png is the same picture as 1.png.",
    "3.png is the same picture as 1.png.",
  ]);
  const job = await start(dataset);
  expect(job.training?.advice).toEqual([
    expect.stringContaining("Only 1.png is left"),
  ]);
  await jobIn(studio, job.id, "done");
});

describe("blank pages", () => {
  test("are refused, and what is drawn with few strokes is not", async () => {
    const dot = await blank("#fff")
      .composite([
        {
          input: Buffer.from(
            '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><path d="M20 150 Q150 20 280 160" fill="none" stroke="#000" stroke-width="2"/></svg>',
          ),
        },
      ])
      .png()
      .toBuffer();
    const grain = await sharp({
      create: {
        width: 300,
        height: 200,
        channels: 3,
        background: "#fff",
        noise: { type: "gaussian", mean: 240, sigma: 3 },
      },
    })
      .jpeg()
      .toBuffer();
    const dataset = await gather({
      "white.png": await blank("#fff").png().toBuffer(),
      "scan.jpg": grain,
      "line.png": dot,
    });
    expect(dataset.accepted.map(({ name }) => name)).toEqual(["line.png"]);
    expect(dataset.refused.map(({ reason }) => reason)).toEqual([
      "white.png is almost blank: there is nothing on it to learn from.",
      "scan.jpg is almost blank: there is nothing on it to learn from.",
    ]);
  });

  test("alone cannot be trained on, and the reason is given", async () => {
    const dataset = await gather({
      "white.png": await blank("#fff").png().toBuffer(),
    });
    await expect(start(dataset)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(
        /no drawing .* white\.png is almost blank/,
      ),
    });
    expect(
      await studio.call("estimateTraining", {
        drawings: dataset.id,
        photos: null,
      }),
    ).toEqual({ minutes: null, advice: [] });
  });
});

test("photographs that are the drawings themselves are taken, and it is said", async () => {
  const files: Files = {};
  for (let seed = 20; seed < 25; seed++)
    files[`${seed}.png`] = await drawing(seed);
  const job = await start(await gather(files), await gather(files));
  expect(job.training?.advice).toEqual([
    expect.stringContaining("photographs are the drawings themselves"),
  ]);
  await jobIn(studio, job.id, "done");
});

test("of a thousand drawings some are learned from, and it is said", async () => {
  const { id: datasetId } = await studio.call("createDataset", {});
  for (let index = 0; index < 1000; index++)
    await studio.call("addToDataset", {
      datasetId,
      name: `${index}.png`,
      bytes: await bars(index),
    });
  const job = await studio.call("startTraining", {
    name: "Thousand",
    drawings: datasetId,
    photos: null,
    minutes: null,
    steps: 1,
  });
  expect(job.training?.advice).toEqual([
    expect.stringContaining("Of the 1000 drawings 400"),
  ]);
  await jobIn(studio, job.id, "done");
});

/** A small picture that differs for every number: its bits as bars. */
async function bars(number: number): Promise<Uint8Array<ArrayBuffer>> {
  const side = 20;
  const samples = new Uint8Array(side * side).map((_, i) =>
    (number >> Math.floor((i % side) / 2)) & 1 ? 20 : i < side ? 90 : 240,
  );
  const raw = { width: side, height: side, channels: 1 as const };
  return new Uint8Array(
    await sharp(samples, { raw }).png({ compressionLevel: 0 }).toBuffer(),
  );
}
