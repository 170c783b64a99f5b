import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import {
  type GroupLayer,
  identityTransform,
  type Layer,
  type PictureLayer,
} from "../../../common/document/document.ts";
import type { MergeScope } from "../../../common/document/merge.ts";
import { findLayer } from "../../../common/document/tree.ts";
import { Failure } from "../../../common/failure.ts";
import {
  addStyledLayer,
  nextEvent,
  openTestStudio,
  type TestStudio,
} from "../support/test-studio.ts";

const width = 160;
const height = 120;

let folder: string;
let studio: TestStudio;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-merge-"));
  studio = await openTestStudio(folder);
});
afterEach(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

/** A picture whose samples are a function of their place, as a PNG of 8 or 16 bits a channel. */
async function png(
  depth: 8 | 16,
  sample: (x: number, y: number, channel: number) => number,
  [w, h] = [width, height],
  channels: 3 | 4 = 3,
): Promise<Uint8Array<ArrayBuffer>> {
  const top = depth === 16 ? 65_535 : 255;
  const samples =
    depth === 16
      ? new Uint16Array(w * h * channels)
      : new Uint8Array(w * h * channels);
  for (let at = 0; at < samples.length; at++) {
    const pixel = Math.floor(at / channels);
    const share = sample(pixel % w, Math.floor(pixel / w), at % channels);
    samples[at] = Math.round(top * Math.min(1, Math.max(0, share)));
  }
  const space = depth === 16 ? "rgb16" : "srgb";
  return new Uint8Array(
    await sharp(samples, { raw: { width: w, height: h, channels } })
      .toColourspace(space)
      .png()
      .toBuffer(),
  );
}

const waves = (x: number, y: number, channel: number) =>
  0.5 + 0.5 * Math.sin(x / (7 + channel) + y / (11 - channel));
/** Opaque in the middle, clear at the edges. */
const spot = (x: number, y: number, channel: number) =>
  channel === 3
    ? 1.3 - Math.hypot(x - width / 2, y - height / 2) / 50
    : ((x + 40 * channel) % 97) / 97;

async function stored(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const asset = await studio.call("importPicture", { name: "layer", bytes });
  return asset.hash;
}

function pictureOf(
  id: string,
  asset: string,
  change: Partial<PictureLayer> = {},
): PictureLayer {
  return {
    kind: "picture",
    id,
    name: id,
    visible: true,
    locked: false,
    opacity: 1,
    mask: null,
    blendMode: "normal",
    transform: identityTransform,
    asset,
    ...change,
  };
}

function groupOf(
  id: string,
  layers: Layer[],
  change: Partial<GroupLayer> = {},
): GroupLayer {
  const { asset, transform, ...rest } = pictureOf(id, "");
  return { ...rest, kind: "group", layers, ...change };
}

/** A project of one opaque picture, and these layers over it. */
async function projectOf(
  depth: 8 | 16,
  ...layers: Layer[]
): Promise<ProjectState> {
  const { notes, ...project } = await studio.call("createProject", {
    name: "base.png",
    bytes: await png(depth, waves),
  });
  expect(notes).toEqual([]);
  return studio.call("applyOperations", {
    projectId: project.id,
    revision: project.revision,
    label: "Build",
    operations: layers.map((layer, index) => ({
      kind: "addLayer",
      layer,
      at: { parent: null, index: index + 1 },
    })),
  });
}

const merge = (project: ProjectState, scope: MergeScope, label = "Merge") =>
  studio.call("mergeLayers", {
    projectId: project.id,
    revision: project.revision,
    label,
    scope,
  });

/** The samples of what the project leaves as. */
async function exported({ id }: ProjectState) {
  const { bytes } = await studio.call("exportProject", {
    projectId: id,
    format: "png",
  });
  const picture = sharp(bytes, { ignoreIcc: true });
  const { depth } = await picture.metadata();
  if (depth === "ushort") {
    const raw = await picture
      .toColourspace("rgb16")
      .raw({ depth: "ushort" })
      .toBuffer();
    return new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2);
  }
  return new Uint8Array(await picture.raw().toBuffer());
}

function worst(
  a: Uint8Array | Uint16Array,
  b: Uint8Array | Uint16Array,
): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let at = 0; at < a.length; at++)
    most = Math.max(most, Math.abs(a[at]! - b[at]!));
  return most;
}

async function mask(): Promise<NonNullable<Layer["mask"]>> {
  const samples = Uint8Array.from(
    { length: 80 * 60 },
    (_, at) => (at * 7) % 256,
  );
  const { hash } = await studio.call("storeMask", {
    width: 80,
    height: 60,
    samples,
  });
  return { asset: hash, x: 30, y: 20, outside: 0.25, enabled: true };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("merged pixels", () => {
  test("are those of the export, in all sixteen bits", async () => {
    const spotted = await stored(await png(16, spot, [width, height], 4));
    const project = await projectOf(
      16,
      pictureOf("glow", spotted, { blendMode: "softLight", opacity: 0.8 }),
      groupOf("shade", [pictureOf("inner", spotted)], {
        blendMode: "multiply",
        mask: await mask(),
      }),
      pictureOf("turned", spotted, {
        blendMode: "luminosity",
        opacity: 0.6,
        transform: { x: 30, y: -20, scaleX: 0.7, scaleY: 1.1, rotation: 17 },
      }),
    );
    const before = await exported(project);
    expect(before).toBeInstanceOf(Uint16Array);
    const { project: flat } = await merge(project, { kind: "document" });
    const [only, ...others] = flat.document.layers;
    expect(others).toEqual([]);
    expect(worst(before, await exported(flat))).toBe(0);
    if (only?.kind !== "picture") throw new Error("There is no picture.");
    const file = await readFile(studio.pathOfAsset(only.asset));
    expect((await sharp(file).metadata()).depth).toBe("ushort");
    // Sixteen bits that are used: more levels than eight could tell apart.
    expect(new Set(before).size).toBeGreaterThan(1000);
  });

  test("keep the depth of a deeper picture in an eight-bit document", async () => {
    const deep = await stored(await png(16, spot, [width, height], 4));
    const shallow = await stored(await png(8, spot, [width, height], 4));
    const project = await projectOf(
      8,
      pictureOf("deep", deep),
      pictureOf("shallow", shallow, { opacity: 0.3 }),
    );
    const { project: merged, layerId } = await merge(project, {
      kind: "layers",
      layerIds: ["deep", "shallow"],
    });
    const layer = findLayer(merged.document, layerId);
    if (layer?.kind !== "picture") throw new Error("There is no picture.");
    const file = await readFile(studio.pathOfAsset(layer.asset));
    expect((await sharp(file).metadata()).depth).toBe("ushort");
  });

  test("of a group look as the group did, its mask and mode still its own", async () => {
    const spotted = await stored(await png(16, spot, [width, height], 4));
    const own = await mask();
    const project = await projectOf(
      16,
      groupOf(
        "figures",
        [
          pictureOf("a", spotted),
          pictureOf("b", spotted, { blendMode: "difference", opacity: 0.7 }),
          pictureOf("off", spotted, { visible: false }),
        ],
        { blendMode: "hardLight", opacity: 0.6, mask: own },
      ),
    );
    const before = await exported(project);
    const { project: merged, ...answer } = await merge(project, {
      kind: "layers",
      layerIds: ["figures"],
    });
    expect(answer.leftOut).toBe(1);
    expect(merged.document.layers[1]).toMatchObject({
      kind: "picture",
      name: "figures",
      blendMode: "hardLight",
      opacity: 0.6,
      mask: own,
    });
    expect(worst(before, await exported(merged))).toBeLessThanOrEqual(4);
  });

  test("of a layer and the one below look as both did, and reach as far", async () => {
    const spotted = await stored(await png(16, spot, [width, height], 4));
    const project = await projectOf(
      16,
      pictureOf("low", spotted, {
        opacity: 0.5,
        transform: { ...identityTransform, x: -70, y: 10 },
      }),
      pictureOf("high", spotted, {
        opacity: 0.75,
        mask: await mask(),
        transform: { ...identityTransform, x: 40, y: -90 },
      }),
    );
    const before = await exported(project);
    const { project: merged } = await merge(project, {
      kind: "layers",
      layerIds: ["high", "low"],
    });
    const layer = merged.document.layers[1];
    expect(layer).toMatchObject({
      name: "low",
      opacity: 1,
      transform: { ...identityTransform, x: -70, y: -90 },
    });
    if (layer?.kind !== "picture") throw new Error("There is no picture.");
    const file = await readFile(studio.pathOfAsset(layer.asset));
    expect(await sharp(file).metadata()).toMatchObject({
      width: width + 110,
      height: height + 100,
    });
    expect(worst(before, await exported(merged))).toBeLessThanOrEqual(4);
  });

  test("keep the colour profile that the work came in", async () => {
    const p3 = await sharp(await png(8, waves))
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const { notes, ...project } = await studio.call("createProject", {
      name: "p3.png",
      bytes: new Uint8Array(p3),
    });
    expect(notes).toEqual([]);
    await merge(project, { kind: "document" });
    const { bytes } = await studio.call("exportProject", {
      projectId: project.id,
      format: "png",
    });
    const [came, left] = await Promise.all([
      sharp(p3).metadata(),
      sharp(bytes).metadata(),
    ]);
    expect(Buffer.compare(left.icc!, came.icc!)).toBe(0);
  });
});

test("a merge is one step, and the layers come back, after a restart too", async () => {
  const spotted = await stored(await png(8, spot, [width, height], 4));
  const project = await projectOf(
    8,
    pictureOf("low", spotted),
    pictureOf("high", spotted, { blendMode: "screen", mask: await mask() }),
    pictureOf("off", spotted, { visible: false }),
  );
  const told = nextEvent(studio, "mergeProgressed", () => true);
  const { project: merged } = await merge(
    project,
    { kind: "visible" },
    "Merge visible",
  );
  expect((await told).projectId).toBe(project.id);
  expect(merged.history.entries.map(({ label }) => label)).toEqual([
    "Build",
    "Merge visible",
  ]);
  expect(merged.document.layers.map(({ name }) => name)).toEqual([
    "base",
    "off",
  ]);
  const picture = await exported(merged);

  await studio.close();
  studio = await openTestStudio(folder);
  const undone = await studio.call("moveInHistory", {
    projectId: project.id,
    position: 1,
  });
  expect(undone.document).toEqual(project.document);
  const redone = await studio.call("moveInHistory", {
    projectId: project.id,
    position: 2,
  });
  expect(redone.document).toEqual(merged.document);
  expect(worst(picture, await exported(redone))).toBe(0);
});

describe("a merge that cannot be", () => {
  test("of a style that is not painted changes nothing", async () => {
    const project = await projectOf(8);
    const [style] = await studio.call("listStyles", {});
    const styled = await addStyledLayer(studio, project, style!.id);
    const failure = await failureOf(merge(styled, { kind: "document" }));
    expect(failure).toMatchObject({ code: "invalid", subject: "styled" });
    const { history } = await studio.call("openProject", {
      projectId: project.id,
    });
    expect(history).toEqual(styled.history);
  });

  test("of layers that lie far out of sight says so", async () => {
    const spotted = await stored(await png(8, spot, [width, height], 4));
    const far = { ...identityTransform, x: 10 * width };
    const project = await projectOf(
      8,
      pictureOf("a", spotted, { transform: far }),
      pictureOf("b", spotted, { transform: far }),
    );
    const failure = await failureOf(
      merge(project, { kind: "layers", layerIds: ["a", "b"] }),
    );
    expect(failure.message).toContain("on the canvas");
  });

  test("ends when it is cancelled, and when the project changes meanwhile", async () => {
    const spotted = await stored(await png(8, spot, [width, height], 4));
    const layers = Array.from({ length: 40 }, (_, index) =>
      pictureOf(`layer ${index}`, spotted, { blendMode: "softLight" }),
    );
    const project = await projectOf(8, ...layers);
    const begun = nextEvent(studio, "mergeProgressed", () => true);
    const merging = failureOf(merge(project, { kind: "document" }));
    await begun;
    const second = await failureOf(merge(project, { kind: "visible" }));
    expect(second.message).toContain("being merged already");
    await studio.call("cancelMerge", { projectId: project.id });
    expect((await merging).code).toBe("cancelled");

    const again = nextEvent(studio, "mergeProgressed", () => true);
    const overtaken = failureOf(merge(project, { kind: "document" }));
    await again;
    const changed = await studio.call("applyOperations", {
      projectId: project.id,
      revision: project.revision,
      label: "Hide",
      operations: [
        { kind: "setLayer", layerId: "layer 3", change: { visible: false } },
      ],
    });
    expect((await overtaken).code).toBe("conflict");
    const now = await studio.call("openProject", { projectId: project.id });
    expect(now).toEqual(changed);
  });
});
