import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProjectState } from "../../../common/contract/studio.ts";
import type { Mask } from "../../../common/document/document.ts";
import type { LayerChange } from "../../../common/document/operation.ts";
import { scene } from "../support/drawn-pictures.ts";
import {
  addStyledLayer,
  jobIn,
  nextEvent,
  openTestStudio,
  resultOf,
  type TestStudio,
} from "../support/test-studio.ts";

let folder: string;
let studio: TestStudio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-previews-"));
  studio = await openTestStudio(folder);
});
afterAll(async () => {
  await studio.close();
  await rm(folder, { recursive: true });
});

const woodblock = { model: "woodblock", brushSize: 1 };
const layerId = "styled";

async function styledProject(width: number, height: number) {
  const project = await studio.call("createProject", {
    name: "hill.png",
    bytes: new Uint8Array(await scene(width, height)),
  });
  return addStyledLayer(studio, project, "woodblock");
}

function change(project: ProjectState, layer: LayerChange) {
  return studio.call("applyOperations", {
    projectId: project.id,
    revision: project.revision,
    label: "Change",
    operations: [{ kind: "setLayer", layerId, change: layer }],
  });
}

async function made(projectId: string) {
  const job = await studio.call("stylizeLayer", { projectId, layerId });
  await jobIn(studio, job.id, "done");
  return studio.call("openProject", { projectId });
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return (
    Array.from(a).reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length
  );
}

describe("a preview", () => {
  test("does not wait for a picture that is being painted, which then goes on", async () => {
    const { id: projectId } = await styledProject(2400, 1800);
    const started = nextEvent(
      studio,
      "jobChanged",
      (job) => job.projectId === projectId && (job.progress ?? 0) > 0,
    );
    const job = await studio.call("stylizeLayer", { projectId, layerId });
    await started;
    const preview = await studio.call("previewStyle", {
      projectId,
      layerId,
      style: { model: "oil", brushSize: 2 },
    });
    expect(preview).toMatchObject({
      picture: { width: 512, height: 384 },
      width: 2400,
      height: 1800,
    });
    const now = (await studio.call("listJobs", {})).find(
      ({ id }) => id === job.id,
    );
    expect(now).toMatchObject({ state: "running" });
    await jobIn(studio, job.id, "done");
    // It belongs to nothing: the document has what was asked for with it.
    const project = await studio.call("openProject", { projectId });
    expect(resultOf(project)).toMatchObject({ style: woodblock });
  });

  test("whose engine is killed fails, the picture behind it is made anew, and so are later ones", async () => {
    const { id: projectId } = await styledProject(2400, 1800);
    const preview = (brushSize: number) =>
      studio.call("previewStyle", {
        projectId,
        layerId,
        style: { ...woodblock, brushSize },
      });
    // So that the one that dies is really in the engine: its picture is at hand.
    await preview(3);
    const started = nextEvent(
      studio,
      "jobChanged",
      (job) => job.projectId === projectId && (job.progress ?? 0) > 0,
    );
    const job = await studio.call("stylizeLayer", { projectId, layerId });
    await started;
    const dying = expect(preview(1)).rejects.toMatchObject({
      code: "engine-lost",
    });
    process.kill(studio.engines.at(-1)!, "SIGKILL");
    await dying;
    expect((await preview(2)).picture.width).toBe(512);
    await jobIn(studio, job.id, "done");
    const project = await studio.call("openProject", { projectId });
    expect(resultOf(project)).not.toBeNull();
  });

  test("is of the parameters that it is asked for", async () => {
    const { id: projectId } = await styledProject(300, 200);
    const paint = async (style: object) => {
      const asked = { projectId, layerId, style: { ...woodblock, ...style } };
      return (await studio.call("previewStyle", asked)).picture.samples;
    };
    const plain = await paint({});
    expect(await paint({})).toEqual(plain);
    for (const style of [
      { depth: 0.4 },
      { brushSize: 3 },
      { mix: [{ model: "oil", share: 0.5 }] },
      { model: "oil" },
    ])
      expect(difference(await paint(style), plain)).toBeGreaterThan(1);
    // A little of another style is a little nearer to it.
    const little = await paint({ mix: [{ model: "oil", share: 0.001 }] });
    expect(difference(little, plain)).toBeLessThan(1);
  });

  test("is ended by the next one of its layer, and when asked", async () => {
    const { id: projectId } = await styledProject(900, 700);
    const preview = (brushSize: number) =>
      studio.call("previewStyle", {
        projectId,
        layerId,
        style: { ...woodblock, brushSize },
      });
    const first = preview(1);
    const ended = expect(first).rejects.toMatchObject({ code: "cancelled" });
    const second = preview(2);
    await ended;
    expect((await second).picture.width).toBe(512);
    const third = preview(3);
    const third_ended = expect(third).rejects.toMatchObject({
      code: "cancelled",
    });
    await studio.call("endPreview", { projectId, layerId });
    await third_ended;
    // Nothing is under way: that is no mistake.
    await studio.call("endPreview", { projectId, layerId });
  });
});

describe("a style that a mask confines", () => {
  async function leftHalf(width: number, height: number): Promise<Mask> {
    const { hash } = await studio.call("storeMask", {
      width: width / 2,
      height,
      samples: new Uint8Array((width / 2) * height).fill(255),
    });
    return { asset: hash, x: 0, y: 0, outside: 0, enabled: true };
  }

  test("is measured inside it, anew when it changes, and known again after undo", async () => {
    let project = await styledProject(320, 240);
    const projectId = project.id;
    const free = resultOf(await made(projectId));
    const mask = await leftHalf(320, 240);
    project = await studio.call("openProject", { projectId });
    project = await change(project, { mask });
    // A mask alone asks for nothing new.
    expect(resultOf(project)).toEqual(free);
    const style = { ...woodblock, confined: true };
    const preview = (wanted: typeof style | typeof woodblock) =>
      studio.call("previewStyle", { projectId, layerId, style: wanted });
    expect(
      difference(
        (await preview(style)).picture.samples,
        (await preview(woodblock)).picture.samples,
      ),
    ).toBeGreaterThan(1);

    project = await change(project, { style });
    const confined = resultOf(await made(projectId));
    expect(confined).toMatchObject({
      style,
      confinement: { mask: { asset: mask.asset } },
    });
    expect(confined?.asset).not.toBe(free?.asset);

    project = await studio.call("openProject", { projectId });
    project = await change(project, { mask: { ...mask, x: 160 } });
    expect(resultOf(project)).toEqual(confined);
    const other = resultOf(await made(projectId));
    expect(other?.asset).not.toBe(confined?.asset);
    const { history } = await studio.call("openProject", { projectId });
    project = await studio.call("moveInHistory", {
      projectId,
      position: history.position - 1,
    });
    expect(resultOf(project)).toEqual(confined);
    // Out of force it confines nothing.
    project = await change(project, { mask: { ...mask, enabled: false } });
    expect(resultOf(project)?.asset).toBe(free?.asset);
  });

  test("comes with its layer when the picture under it is another", async () => {
    let project = await styledProject(320, 240);
    const projectId = project.id;
    await made(projectId);
    const mask = await leftHalf(320, 240);
    const { hash: source } = await studio.call("importPicture", {
      name: "dunes.png",
      bytes: new Uint8Array(await scene(200, 150)),
    });
    project = await studio.call("openProject", { projectId });
    project = await change(project, { mask });
    project = await change(project, { source, result: null });
    expect(resultOf(project)).toBeNull();
    project = await made(projectId);
    const layer = project.document.layers.find(({ id }) => id === layerId);
    expect(layer).toMatchObject({ source, mask });
    expect(resultOf(project)).toMatchObject({ style: woodblock });
  });
});
