import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assetsOf } from "../../../common/document/tree.ts";
import { Failure } from "../../../common/failure.ts";
import { importLayeredPsd } from "../../../electron/studio/import/import-layered-psd.ts";
import {
  forgePsd,
  plainChannels,
  sectionDivider,
} from "../../unit/studio/forged-psd.ts";
import { openTestStudio, type TestStudio } from "../support/test-studio.ts";

const box = [0, 0, 8, 8] as const;
const paper = {
  name: "paper",
  box,
  channels: plainChannels(64, [9, 99, 199, 255]),
};
const file = forgePsd(8, 8, [
  paper,
  { name: "end", blocks: sectionDivider("divider") },
  { ...paper, name: "ink", opacity: 0.5, blendKey: "mul " },
  { name: "drawing", blocks: sectionDivider("folder") },
]);

describe("a PSD in the studio", () => {
  let folder: string;
  let studio: TestStudio;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "fude-psd-"));
    studio = await openTestStudio(folder);
  });
  afterAll(async () => {
    await studio.close();
    await rm(folder, { recursive: true });
  });
  const made = { name: "page.psd", bytes: file };

  test("becomes a project with its layers", async () => {
    const project = await studio.call("createProject", made);
    expect(project.name).toBe("page");
    expect(project.document).toMatchObject({ width: 8, height: 8, depth: 8 });
    expect(project.document.layers).toMatchObject([
      { kind: "picture", name: "paper" },
      {
        kind: "group",
        name: "drawing",
        layers: [{ name: "ink", blendMode: "multiply" }],
      },
      { kind: "picture", name: "As it looked", visible: false },
    ]);
    expect(project.notes).toHaveLength(1);
    const assets = [...assetsOf(project.document)];
    // One picture for both layers, for they hold the same.
    expect(assets).toHaveLength(2);
    for (const asset of assets) await access(studio.pathOfAsset(asset));
    const [summary] = await studio.call("listProjects", {});
    await access(studio.pathOfAsset(summary!.thumbnail!));
    expect(
      (await studio.call("openProject", { projectId: project.id })).document,
    ).toEqual(project.document);
  });

  test("becomes a project of its merged picture where that is asked for", async () => {
    const { document, notes } = await studio.call("createProject", {
      ...made,
      merged: true,
    });
    expect(document.layers).toMatchObject([{ kind: "picture", name: "page" }]);
    expect(notes).toEqual([]);
  });

  test("is one picture wherever a picture is wanted", async () => {
    const asset = await studio.call("importPicture", made);
    expect(asset).toMatchObject({ width: 8, height: 8, depth: 8 });
  });

  test("that is damaged is refused by its name, and makes no project", async () => {
    const before = await studio.call("listProjects", {});
    await expect(
      studio.call("createProject", {
        name: "torn.psd",
        bytes: file.subarray(0, 90),
      }),
    ).rejects.toMatchObject({ code: "damaged", subject: "torn.psd" });
    expect(await studio.call("listProjects", {})).toEqual(before);
  });
});

describe("the thread that reads a PSD", () => {
  const asset = "0".repeat(64);

  test("leaves the bytes that it was given as they are", async () => {
    const bytes = file.slice();
    const names: number[] = [];
    const { notes } = await importLayeredPsd(
      bytes,
      "a.psd",
      "a",
      async (one) => {
        names.push(one.width);
        return asset;
      },
    );
    expect(bytes).toEqual(file);
    expect(names).toEqual([8, 8, 8, 8]);
    expect(notes).toHaveLength(1);
  });

  test("is given up when it says nothing for too long", async () => {
    await expect(
      importLayeredPsd(file, "slow.psd", "slow", async () => asset, 1),
    ).rejects.toMatchObject({
      code: "too-large",
      message: "slow.psd takes too long to read",
    });
  });

  test("ends with what storing a picture failed with", async () => {
    const full = new Failure("disk-full", "The disk is full");
    await expect(
      importLayeredPsd(file, "a.psd", "a", () => Promise.reject(full)),
    ).rejects.toBe(full);
  });
});
