import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Layer, Mask } from "../../../common/document/document.ts";
import { evenCoverage } from "../../../common/selection/coverage.ts";
import { dispatch } from "../../../electron/studio/dispatch.ts";
import type { Host } from "../../../renderer/host/host.ts";
import { actionNamed } from "../../../renderer/state/actions/actions.ts";
import { choose } from "../../../renderer/state/area.ts";
import {
  historyReach,
  moveInHistory,
  settled,
  show,
} from "../../../renderer/state/edits.ts";
import {
  changeLayer,
  duplicateSelected,
  selectedLayer,
} from "../../../renderer/state/layers.ts";
import { beginFade } from "../../../renderer/state/mask-fade.ts";
import { beginStroke } from "../../../renderer/state/mask-stroke.ts";
import { setBrush } from "../../../renderer/state/tool-options.ts";
import {
  createWorkspace,
  type Workspace,
} from "../../../renderer/state/workspace.ts";
import { openTestStudio, type TestStudio } from "../support/test-studio.ts";

/* The page's state on the real studio, without a page. */

const size = { width: 64, height: 48 };
const hashOfFile = /^[0-9a-f]{64}$/;

let folder: string;
let studio: TestStudio;
let workspace: Workspace;
let projectId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fude-mask-editing-"));
  studio = await openTestStudio(folder);
  const host: Host = {
    call: (name, input) => studio.call(name, input),
    on: (name, listener) => studio.on(name, listener),
    assetUrl: (hash) => hash,
    pictureUrl: (projectId) => projectId,
    connection: "open",
    onConnection: () => () => {},
  };
  workspace = createWorkspace(host, "dark");
  const bytes = await sharp({
    create: { ...size, channels: 3, background: "#808080" },
  })
    .png()
    .toBuffer();
  const project = await studio.call("createProject", {
    name: "grey.png",
    bytes: new Uint8Array(bytes),
  });
  projectId = project.id;
  show(workspace, project);
  const plain = { size: 10, hardness: 1, flow: 1, smoothing: 0 };
  setBrush(workspace, { ...plain, pressure: false });
});

afterEach(async () => {
  await settled(workspace);
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});

const layer = (): Layer => selectedLayer(workspace.store.getState())!;
const perform = (name: string) => actionNamed(name).perform(workspace);
const applies = (name: string) =>
  actionNamed(name).applies?.(workspace.store.getState());

function stroke(how: "show" | "hide", y: number): void {
  const made = beginStroke(workspace, how)!;
  made.add([
    { x: 10, y, pressure: 1 },
    { x: 50, y, pressure: 1 },
  ]);
  made.commit();
}

/** The document as the studio has it. */
async function kept() {
  await settled(workspace);
  const { document, history } = await studio.call("openProject", { projectId });
  const masks = document.layers.map((one) => one.mask);
  const labels = history.entries.map(({ label }) => label);
  return { masks, labels, position: history.position };
}

/** What a mask that the studio has shows at some places, read from its file. */
async function shown(mask: Mask | null, ...places: [number, number][]) {
  expect(mask?.asset).toMatch(hashOfFile);
  const file = studio.pathOfAsset(mask!.asset!);
  const { data, info } = await sharp(file)
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return places.map(([x, y]) => {
    const [column, row] = [x - mask!.x, y - mask!.y];
    const inside =
      column >= 0 && row >= 0 && column < info.width && row < info.height;
    return inside ? data[row * info.width + column] : mask!.outside * 255;
  });
}

describe("a stroke", () => {
  test("is shown as it grows, and is one step that the studio has once it ends", async () => {
    const made = beginStroke(workspace, "hide")!;
    made.add([{ x: 10, y: 20, pressure: 1 }]);
    made.add([{ x: 50, y: 20, pressure: 1 }]);
    const live = workspace.store.getState().preview?.change.mask?.asset;
    expect(workspace.masks.get(live!)?.samples[20 * 64 + 10]).toBe(0);
    expect((await kept()).labels).toEqual([]);
    made.commit();
    const { masks, labels } = await kept();
    expect(labels).toEqual(["Erase mask of grey"]);
    expect(await shown(masks[0]!, [30, 20], [30, 40], [0, 0])).toEqual([
      0, 255, 255,
    ]);
    // Only what differs from its surroundings is kept.
    expect(masks[0]).toMatchObject({ x: 5, y: 15, outside: 1, enabled: true });
    expect(layer().mask).toEqual(masks[0]);
    expect(workspace.masks.has(live!)).toBe(false);
  });

  test("follows on the one before it, sent or not, and both can be undone", async () => {
    stroke("show", 10);
    stroke("show", 30);
    stroke("hide", 10);
    const { masks, labels } = await kept();
    expect(labels).toEqual([
      "Paint mask of grey",
      "Paint mask of grey",
      "Erase mask of grey",
    ]);
    expect(await shown(masks[0]!, [30, 10], [30, 30])).toEqual([0, 255]);
    await moveInHistory(workspace, 2);
    const undone = await kept();
    expect(await shown(undone.masks[0]!, [30, 10], [30, 30])).toEqual([
      255, 255,
    ]);
    await moveInHistory(workspace, 0);
    expect((await kept()).masks).toEqual([null]);
    await moveInHistory(workspace, 3);
    expect((await kept()).masks).toEqual(masks);
  });

  test("that is taken back leaves no trace", async () => {
    const made = beginStroke(workspace, "show")!;
    made.add([{ x: 10, y: 20, pressure: 1 }]);
    const live = workspace.store.getState().preview?.change.mask?.asset;
    made.cancel();
    expect(workspace.store.getState().preview).toBeNull();
    expect(workspace.masks.has(live!)).toBe(false);
    expect(await kept()).toMatchObject({ masks: [null], labels: [] });
  });

  test("is held by what is chosen", async () => {
    const left = evenCoverage({ x: 0, y: 0, width: 32, height: 48 }, 255);
    choose(workspace, left, "replace");
    stroke("show", 20);
    const { masks } = await kept();
    expect(await shown(masks[0]!, [31, 20], [32, 20])).toEqual([255, 0]);
  });

  test("does not reach a locked layer, and says so", async () => {
    await changeLayer(workspace, layer().id, "Lock", { locked: true });
    expect(beginStroke(workspace, "show")).toBeNull();
    expect(workspace.store.getState().notices[0]?.message).toBe(
      "grey is locked.",
    );
    expect(applies("add-mask")).toBe(false);
  });

  test("goes along when its layer is doubled before the studio has it", async () => {
    stroke("show", 20);
    duplicateSelected(workspace);
    const { masks } = await kept();
    expect(masks).toHaveLength(2);
    expect(masks[1]).toEqual(masks[0]);
    expect(masks[1]?.asset).toMatch(hashOfFile);
  });
});

describe("a fade", () => {
  test("follows its end, and is one step", async () => {
    const fade = beginFade(workspace, { x: 16, y: 0 })!;
    fade.end({ x: 20, y: 0 });
    fade.end({ x: 48, y: 0 });
    fade.commit();
    const { masks, labels } = await kept();
    expect(labels).toEqual(["Fade mask of grey"]);
    expect(await shown(masks[0]!, [10, 9], [31, 9], [32, 9], [60, 9])).toEqual([
      255, 131, 124, 0,
    ]);
  });

  test("leaves what is not chosen as it was", async () => {
    stroke("hide", 20);
    const top = evenCoverage({ x: 0, y: 0, width: 64, height: 12 }, 255);
    choose(workspace, top, "replace");
    const fade = beginFade(workspace, { x: 0, y: 0 })!;
    fade.end({ x: 64, y: 0 });
    fade.commit();
    const { masks } = await kept();
    expect(
      await shown(masks[0]!, [60, 5], [60, 15], [30, 20], [30, 40]),
    ).toEqual([14, 255, 0, 255]);
  });
});

describe("mask commands", () => {
  test("make, refine, invert, switch off and delete a mask, a step each", async () => {
    const square = { x: 20, y: 16, width: 10, height: 10 };
    choose(workspace, evenCoverage(square, 255), "replace");
    perform("add-mask");
    expect(workspace.store.getState()).toMatchObject({
      area: null,
      maskTargeted: true,
    });
    perform("grow");
    const grown = (await kept()).masks[0]!;
    expect(grown).toMatchObject({ x: 15, y: 11, outside: 0 });
    perform("invert-mask");
    const inverted = (await kept()).masks[0]!;
    expect(inverted.outside).toBe(1);
    expect(await shown(inverted, [25, 21], [2, 2])).toEqual([0, 255]);
    perform("toggle-mask");
    perform("delete-layer");
    const { masks, labels } = await kept();
    expect(masks).toEqual([null]);
    expect(labels).toEqual([
      "Mask from selection on grey",
      "Grow mask of grey",
      "Invert mask of grey",
      "Disable mask of grey",
      "Delete mask of grey",
    ]);
    const { project } = workspace.store.getState();
    expect(historyReach(project!)).toEqual({ position: 5, length: 5 });
  });

  test("a selection made of a mask is what the mask showed", () => {
    const square = evenCoverage({ x: 3, y: 4, width: 9, height: 7 }, 200);
    choose(workspace, square, "replace");
    perform("add-mask");
    perform("select-mask");
    expect(workspace.store.getState().area).toEqual(square);
    perform("select-rest");
    perform("select-nothing");
    expect(workspace.store.getState().area).toBeNull();
  });

  test("without a selection a new mask shows all, and there is no second one", () => {
    expect(applies("invert-mask")).toBe(false);
    perform("add-mask");
    expect(layer().mask).toMatchObject({ asset: null, outside: 1 });
    expect(applies("add-mask")).toBe(false);
  });
});

describe("storing a mask", () => {
  test.each([
    [{ width: 2, height: 2, samples: new Uint8Array(3) }, "invalid"],
    [{ width: 0, height: 2, samples: new Uint8Array(0) }, "invalid"],
    [{ width: 1, height: 1, samples: [1] }, "invalid"],
    [
      { width: 40_000, height: 1, samples: new Uint8Array(40_000) },
      "too-large",
    ],
  ])("refuses what is none", async (input, code) => {
    expect(await dispatch(studio, "storeMask", input)).toMatchObject({
      failure: { code },
    });
  });

  test("the same pixels are the same asset", async () => {
    const mask = { width: 3, height: 1, samples: Uint8Array.of(0, 128, 255) };
    const first = await studio.call("storeMask", mask);
    expect(first).toMatchObject({
      width: 3,
      height: 1,
      depth: 8,
      alpha: false,
    });
    expect(await studio.call("storeMask", mask)).toEqual(first);
  });
});
