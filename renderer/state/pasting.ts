import type { Layer, PictureLayer } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import { assetsOfCopied, type Copied, copiedFrom } from "./copied.ts";
import { commit } from "./edits.ts";
import { selectedLayer, withNewIds } from "./layers.ts";
import { attempt } from "./notices.ts";
import { placeAbove } from "./place-above.ts";
import { placedPicture } from "./projects.ts";
import { takeFiles } from "./taking.ts";
import type { Workspace } from "./workspace.ts";

/** What a paste brings: files, and what Fude itself wrote down beside them, if it was Fude. */
export interface Pasted {
  readonly files: readonly File[];
  readonly html: string;
}

/** What a browser calls a picture that has no name of its own. */
const nameless = /^image\.\w+$/i;

/**
 * Puts what was pasted where it belongs: layers and masks of this library as they were, pictures as a layer of what is on
 * the canvas, or, while commands go to a mask, as that; where nothing is open they begin a project.
 */
export function paste(workspace: Workspace, pasted: Pasted): Promise<void> {
  return attempt(workspace, async () => {
    const files = pasted.files.map(withName);
    const { project, room } = workspace.store.getState();
    const chosen = { folder: "", files };
    if (!project || room !== "canvas") return takeFiles(workspace, chosen);
    const copied = copiedFrom(pasted.html);
    const [only] = files;
    if (copied && (await isHere(workspace, copied))) {
      if (copied.kind === "layers") return addLayers(workspace, copied.layers);
      if (copied.kind === "mask" && setMask(workspace, copied.mask)) return;
      if (copied.kind === "pixels" && only && !isMaskTargeted(workspace))
        return addPixels(workspace, only, copied);
    }
    if (only && files.length === 1 && isMaskTargeted(workspace))
      return pasteIntoMask(workspace, only);
    await takeFiles(workspace, chosen);
  });
}

/** Reads the clipboard by itself, for which the browser may ask the artist. */
export function pasteByMenu(workspace: Workspace): Promise<void> {
  return attempt(workspace, async () => {
    const items = await navigator.clipboard.read().catch((cause: unknown) => {
      throw new Failure(
        "unreadable",
        "The browser keeps the clipboard to itself.",
        {
          hint: "Paste with the keyboard.",
          cause,
        },
      );
    });
    const files: File[] = [];
    let html = "";
    for (const item of items) {
      if (item.types.includes("text/html"))
        html = await (await item.getType("text/html")).text();
      const type = item.types.find((each) => each.startsWith("image/"));
      if (type) files.push(new File([await item.getType(type)], "image.png"));
    }
    await paste(workspace, { files, html });
  });
}

function withName(file: File): File {
  return nameless.test(file.name)
    ? new File([file], "Pasted picture.png", { type: file.type })
    : file;
}

function isMaskTargeted(workspace: Workspace): boolean {
  const state = workspace.store.getState();
  return state.maskTargeted && (selectedLayer(state)?.mask ?? null) !== null;
}

/** Whether this library has what was copied: it may come from another one, or from a page that only looks like Fude. */
async function isHere({ host }: Workspace, copied: Copied): Promise<boolean> {
  const assets = assetsOfCopied(copied);
  if (assets.length === 0) return true;
  return (await host.call("missingAssets", { assets })).length === 0;
}

function addLayers(workspace: Workspace, copied: readonly Layer[]): void {
  const { project, selection } = workspace.store.getState();
  if (!project) return;
  const layers = copied.map(withNewIds);
  const at = placeAbove(project, selection);
  const label =
    layers.length === 1
      ? `Paste ${layers[0]?.name}`
      : `Paste ${layers.length} layers`;
  commit(
    workspace,
    label.slice(0, 120),
    layers.map((layer, index) => ({
      kind: "addLayer",
      layer,
      at: { ...at, index: at.index + index },
    })),
  );
  workspace.store.setState({
    selection: layers.at(-1)?.id ?? null,
    maskTargeted: false,
  });
}

/** Gives the selected layer a mask. @returns false where there is no layer to give it to */
function setMask(
  workspace: Workspace,
  mask: NonNullable<Layer["mask"]>,
): boolean {
  const layer = selectedLayer(workspace.store.getState());
  if (!layer) return false;
  refuseLocked(layer);
  commit(workspace, `Paste mask on ${layer.name}`.slice(0, 120), [
    { kind: "setLayer", layerId: layer.id, change: { mask } },
  ]);
  workspace.store.setState({ maskTargeted: true });
  return true;
}

/** A picture's brightness becomes the mask: white shows. It lies in the middle, as it is. */
async function pasteIntoMask(workspace: Workspace, file: File): Promise<void> {
  const asset = await imported(workspace, file);
  const state = workspace.store.getState();
  const layer = selectedLayer(state);
  if (!state.project || !layer?.mask) return;
  const { document } = state.project;
  setMask(workspace, {
    asset: asset.hash,
    x: Math.round((document.width - asset.width) / 2),
    y: Math.round((document.height - asset.height) / 2),
    outside: layer.mask.outside,
    enabled: true,
  });
}

/** Pixels that Fude picked go back to where they lay, if that is within the document. */
async function addPixels(
  workspace: Workspace,
  file: File,
  { name, x, y }: Extract<Copied, { kind: "pixels" }>,
): Promise<void> {
  const asset = await imported(workspace, file);
  const { project, selection } = workspace.store.getState();
  if (!project) return;
  const { width, height } = project.document;
  const centred = placedPicture(project.document, asset, name);
  const within =
    x >= 0 && y >= 0 && x + asset.width <= width && y + asset.height <= height;
  const layer: PictureLayer = within
    ? { ...centred, transform: { ...centred.transform, x, y } }
    : centred;
  commit(workspace, `Paste ${layer.name}`.slice(0, 120), [
    { kind: "addLayer", layer, at: placeAbove(project, selection) },
  ]);
  workspace.store.setState({ selection: layer.id, maskTargeted: false });
}

async function imported({ host }: Workspace, file: File) {
  return host.call("importPicture", {
    name: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
  });
}

function refuseLocked(layer: Layer): void {
  if (!layer.locked) return;
  throw new Failure("invalid", `${layer.name} is locked.`, {
    subject: layer.name,
    hint: "Unlock it to change its mask.",
  });
}
