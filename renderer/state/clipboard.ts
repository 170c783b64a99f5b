import type { Layer, Mask } from "../../common/document/document.ts";
import { findLayer } from "../../common/document/tree.ts";
import { Failure } from "../../common/failure.ts";
import { combine } from "../../common/selection/combine.ts";
import {
  type Coverage,
  coverageOver,
  evenCoverage,
} from "../../common/selection/coverage.ts";
import { loadedMask, pageOf } from "./area.ts";
import { type Copied, copiedHtml } from "./copied.ts";
import { commit, settled } from "./edits.ts";
import { selectedLayer } from "./layers.ts";
import { deleteMask, maskOf } from "./masks.ts";
import { attempt } from "./notices.ts";
import type { Workspace } from "./workspace.ts";

/** Bytes of a picture that also goes along as an address, for programs that take HTML before pictures. */
const mostInAddress = 8 * 2 ** 20;

interface Pixels {
  readonly png: Blob;
  readonly copied: Copied;
}

/** Copies the mask that commands go to, what is chosen of the selected layer, or the layer. */
export function copy(workspace: Workspace): Promise<void> {
  return attempt(workspace, () => write(() => pickedPixels(workspace)));
}

/** Copies what is seen: all of it, or what is chosen. */
export function copyMerged(workspace: Workspace): Promise<void> {
  return attempt(workspace, () => write(() => mergedPixels(workspace)));
}

/** Copies, and once that is done takes away what was copied. */
export function cut(workspace: Workspace): Promise<void> {
  return attempt(workspace, async () => {
    const state = workspace.store.getState();
    const layer = selectedLayer(state);
    if (!layer) return;
    if (layer.locked)
      throw new Failure("invalid", `${layer.name} is locked.`, {
        subject: layer.name,
        hint: "Unlock it to cut from it.",
      });
    await write(() => pickedPixels(workspace));
    if (state.maskTargeted && layer.mask) deleteMask(workspace, layer);
    else if (state.area) hidePart(workspace, layer, state.area);
    else
      commit(workspace, `Cut ${layer.name}`.slice(0, 120), [
        { kind: "removeLayer", layerId: layer.id },
      ]);
  });
}

/** Called within the key's event: the browser lets no later one write. */
async function write(pixels: () => Promise<Pixels>): Promise<void> {
  const made = pixels();
  const html = async () => {
    const { png, copied } = await made;
    const address = png.size > mostInAddress ? null : await dataUrl(png);
    return new Blob([copiedHtml(copied, address)], { type: "text/html" });
  };
  const item = new ClipboardItem({
    "image/png": made.then(({ png }) => png),
    "text/html": html(),
  });
  try {
    await navigator.clipboard.write([item]);
  } catch (cause) {
    // What could not be rendered says more than that nothing was written.
    await made;
    throw new Failure("unreadable", "Nothing could be put on the clipboard.", {
      hint: "Click on the page and try again.",
      cause,
    });
  }
}

async function pickedPixels(workspace: Workspace): Promise<Pixels> {
  const { maskTargeted, area } = workspace.store.getState();
  const layer = selectedLayer(workspace.store.getState());
  if (!layer)
    throw new Failure("invalid", "No layer is selected to copy.", {
      hint: "Select one, or copy all of the picture with Shift.",
    });
  if (maskTargeted && layer.mask) return maskPixels(workspace, layer.mask);
  const { png, x, y } = await render(workspace, [layer.id], area);
  if (area) return { png, copied: { kind: "pixels", name: layer.name, x, y } };
  // Its mask may have been stored since.
  const { project } = workspace.store.getState();
  const stored = (project && findLayer(project.document, layer.id)) ?? layer;
  return { png, copied: { kind: "layers", layers: [stored] } };
}

async function mergedPixels(workspace: Workspace): Promise<Pixels> {
  const { project, area } = workspace.store.getState();
  const { png, x, y } = await render(workspace, null, area);
  const name = project?.confirmed.name ?? "";
  return { png, copied: { kind: "pixels", name, x, y } };
}

/** Has the studio draw it, which keeps pictures of any size sharp. */
async function render(
  workspace: Workspace,
  layerIds: string[] | null,
  area: Coverage | null,
): Promise<{ png: Blob; x: number; y: number }> {
  await settled(workspace);
  const { project } = workspace.store.getState();
  if (!project)
    throw new Failure("invalid", "There is no picture to copy from.");
  const { png, x, y } = await workspace.host.call("copyPixels", {
    projectId: project.confirmed.id,
    layerIds,
    within: area && (await storedMask(workspace, maskOf(workspace, area, 0))),
  });
  const blob = new Blob([new Uint8Array(png)], { type: "image/png" });
  return { png: blob, x, y };
}

async function storedMask({ masks }: Workspace, mask: Mask): Promise<Mask> {
  return { ...mask, asset: mask.asset && (await masks.stored(mask.asset)) };
}

async function maskPixels(workspace: Workspace, mask: Mask): Promise<Pixels> {
  const { project } = workspace.store.getState();
  const coverage =
    project && loadedMask(workspace, mask, pageOf(project.document));
  if (!coverage) throw new Failure("cancelled", "The mask is being loaded.");
  const { width, height, samples } = coverage;
  const picture = new ImageData(width, height);
  const words = new Uint32Array(picture.data.buffer);
  for (let i = 0; i < words.length; i++)
    words[i] = 0xff00_0000 | (samples[i]! * 0x01_0101);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
  const png = await canvas.convertToBlob({ type: "image/png" });
  return {
    png,
    copied: { kind: "mask", mask: await storedMask(workspace, mask) },
  };
}

/** What is cut out of a layer is hidden by its mask: the picture itself is never altered. */
function hidePart(workspace: Workspace, layer: Layer, area: Coverage): void {
  const { project } = workspace.store.getState();
  if (!project) return;
  const page = pageOf(project.document);
  const before = layer.mask
    ? loadedMask(workspace, layer.mask, page)
    : evenCoverage(page, 255);
  if (!before) return;
  const rest = combine(before, area, "subtract");
  const now = rest ? coverageOver(rest, page) : evenCoverage(page, 0);
  const outside = Math.round((layer.mask?.outside ?? 1) * 255);
  const mask = maskOf(workspace, now, outside);
  commit(workspace, `Cut from ${layer.name}`.slice(0, 120), [
    { kind: "setLayer", layerId: layer.id, change: { mask } },
  ]);
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
